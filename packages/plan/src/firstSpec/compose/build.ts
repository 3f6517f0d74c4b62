import type { Found } from '../Found';
import type { Ledger } from '../Ledger';
import type { FirstSpecInput, FirstWorkload } from '../types';

/** What is built has no tag until a pipeline has built it. */
export function builtImage(
  at: Found,
  image: string | undefined,
  name: string,
  input: FirstSpecInput,
  owner: string,
  ledger: Ledger,
): FirstWorkload['image'] {
  const repository = image?.split('@')[0].replace(/:[^:/]*$/, '');
  ledger.leave(
    at,
    `${owner}: what is built`,
    'nothing runs until the pipeline reports its first revision',
  );
  return {
    repository: repository || `${input.registry}/${input.service}/${name}`,
  };
}

/** Where a workload’s sources lie, from what compose builds. */
export function sourceOf(
  build: Found,
  { source }: FirstSpecInput,
  owner: string,
  ledger: Ledger,
): NonNullable<FirstWorkload['source']> {
  const context = (build.text() ?? build.at('context').text() ?? '.')
    .replace(/^\.\/+/, '')
    .replace(/\/+$/, '');
  const dockerfile = build.at('dockerfile').text();
  for (const [key, value] of build.fields()) {
    if (key !== 'context' && key !== 'dockerfile')
      ledger.leave(
        value,
        `${owner}: build.${key}`,
        'the pipeline template says how an image is built',
      );
  }
  return {
    ...source,
    ...(context && context !== '.' && { path: context }),
    ...(dockerfile && { dockerfile: dockerfile.replace(/^\.\/+/, '') }),
  };
}
