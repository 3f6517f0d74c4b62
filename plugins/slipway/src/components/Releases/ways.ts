import { parseAllDocuments } from 'yaml';

/** One step of a promotion. @internal */
export interface Way {
  from: string;
  to: string;
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/**
 * Which environment is promoted from which, as the file of the service says. A file that can't be read says nothing;
 * the page of the service tells what is wrong with it.
 *
 * @internal
 */
export function waysOf(text: string): Way[] {
  return parseAllDocuments(text).flatMap(document => {
    if (document.errors?.length) {
      return [];
    }
    const { kind, spec } = (document.toJS() ?? {}) as {
      kind?: unknown;
      spec?: { environments?: unknown };
    };
    const environments = spec?.environments;
    if (kind !== 'ServiceSpec' || !Array.isArray(environments)) {
      return [];
    }
    return environments.flatMap(
      (environment: { name?: unknown; promoteFrom?: unknown } | null) => {
        const to = textOf(environment?.name);
        const from = textOf(environment?.promoteFrom);
        return to && from ? [{ from, to }] : [];
      },
    );
  });
}

/** Of an environment the way onwards is what people come for; else the one that leads to it. @internal */
export const firstWay = (ways: Way[], environment: string): Way | undefined =>
  ways.find(({ from }) => from === environment) ??
  ways.find(({ to }) => to === environment) ??
  ways[0];
