import type { Found } from '../Found';
import type { Ledger } from '../Ledger';
import { LEAST } from '../parts';
import type { FirstWorkload } from '../types';
import { NO_FIELD } from './reasons';

/** How many run, and what each asks for; the least is offered where nothing is said. */
export function sizeOf(
  at: Found,
  owner: string,
  ledger: Ledger,
): Pick<FirstWorkload, 'replicas' | 'resources'> {
  const deploy = at.at('deploy');
  const replicas = deploy.at('replicas').whole() ?? at.at('scale').whole();
  const [asked, most] = ['reservations', 'limits'].map(key =>
    deploy.at('resources', key),
  );
  const cpu = asked.at('cpus').text() ?? most.at('cpus').text();
  const memory = kubernetesSize(
    asked.at('memory').text() ?? most.at('memory').text(),
  );
  if (cpu === undefined || memory === undefined)
    ledger.leave(
      at,
      `${owner}: what it needs`,
      `it asks for none; ${LEAST.cpu} and ${LEAST.memory} are offered`,
    );
  const limits = {
    ...(most.at('cpus').text() && { cpu: most.at('cpus').text()! }),
    ...(kubernetesSize(most.at('memory').text()) && {
      memory: kubernetesSize(most.at('memory').text())!,
    }),
  };
  for (const [key, value] of deploy.fields()) {
    if (key !== 'replicas' && key !== 'resources')
      ledger.leave(value, `${owner}: deploy.${key}`, NO_FIELD);
  }
  return {
    ...(replicas !== undefined && { replicas }),
    resources: {
      cpu: cpu ?? LEAST.cpu,
      memory: memory ?? LEAST.memory,
      ...(Object.keys(limits).length > 0 && { limits }),
    },
  };
}

/** Compose counts in 1024s whatever the letter. */
function kubernetesSize(text: string | undefined): string | undefined {
  const found = /^([0-9]+(?:\.[0-9]+)?)\s*([bkmg]?)b?$/i.exec(text ?? '');
  if (!found) return undefined;
  const unit = { k: 'Ki', m: 'Mi', g: 'Gi' }[found[2].toLowerCase()] ?? '';
  return `${found[1]}${unit}`;
}
