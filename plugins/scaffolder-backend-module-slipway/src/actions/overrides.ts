import {
  parseFile,
  type Edit,
  type EditStep,
  type ServiceSpec,
} from '@slipway/plugin-slipway-common';

/** Where the overrides of an environment stand, and what comes after an item of them. */
interface Place {
  list: EditStep[];
  environment: string;
  kind: 'workloads' | 'databases';
  item: string;
  rest: EditStep[];
}

/**
 * Edits of what differs in one environment, also where nothing differs in it yet: the first edit of such an item becomes
 * one that adds it. Nobody who fills in a form has to know whether it is there.
 *
 * @internal
 */
export function withOverrides(text: string, edits: Edit[]): Edit[] {
  const [spec] = parseFile(text, { kinds: ['ServiceSpec'] })
    .resources as ServiceSpec[];
  const added = new Set<string>();
  return edits.map(edit => {
    const place = edit.op === 'delete' ? undefined : placeOf(edit.path);
    if (!spec || !place || place.rest.length === 0) return edit;
    const environment = spec.spec.environments.find(
      ({ name }) => name === place.environment,
    );
    const items: Array<{ name: string }> =
      environment?.overrides?.[place.kind] ?? [];
    const key = `${place.environment}/${place.kind}/${place.item}`;
    const isThere =
      added.has(key) || items.some(({ name }) => name === place.item);
    if (isThere || place.rest.some(step => typeof step !== 'string'))
      return edit;
    added.add(key);
    const value = edit.op === 'append' ? [edit.value] : edit.value;
    return {
      op: 'append',
      path: place.list,
      value: {
        name: place.item,
        ...(nested(place.rest as string[], value) as object),
      },
    };
  });
}

function placeOf(path: readonly EditStep[]): Place | undefined {
  const [root, environments, environment, overrides, kind, item, ...rest] =
    path;
  if (
    root !== 'spec' ||
    environments !== 'environments' ||
    overrides !== 'overrides' ||
    (kind !== 'workloads' && kind !== 'databases') ||
    typeof environment !== 'object' ||
    typeof item !== 'object'
  )
    return undefined;
  return {
    list: path.slice(0, 5),
    environment: environment.name,
    kind,
    item: item.name,
    rest,
  };
}

function nested(path: string[], value: unknown): unknown {
  return path.reduceRight<unknown>((inner, step) => ({ [step]: inner }), value);
}
