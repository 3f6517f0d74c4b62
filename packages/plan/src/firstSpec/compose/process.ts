import type { Found } from '../Found';
import type { Ledger } from '../Ledger';
import type { FirstWorkload } from '../types';

type Probe = NonNullable<NonNullable<FirstWorkload['probes']>['liveness']>;

/** A health check as a probe that runs its command. */
export function probeOf(
  at: Found,
  owner: string,
  ledger: Ledger,
): Probe | undefined {
  if (!at.exists || at.at('disable').text() === 'true') return undefined;
  const test = at.at('test');
  const list = test.texts();
  const [how, ...rest] = list ?? ['CMD-SHELL', test.text() ?? ''];
  const command = how === 'CMD' ? rest : ['sh', '-c', rest.join(' ')];
  if (how === 'NONE') return undefined;
  if ((how !== 'CMD' && how !== 'CMD-SHELL') || !rest.join('').trim()) {
    ledger.leave(at, `${owner}: healthcheck`, 'it says no command');
    return undefined;
  }
  const seconds = (key: string): number | undefined => {
    const found = /^(?:(\d+)m)?(?:(\d+)s)?$/.exec(at.at(key).text() ?? '');
    const value = Number(found?.[1] ?? 0) * 60 + Number(found?.[2] ?? 0);
    return value > 0 ? value : undefined;
  };
  const [period, timeout, delay] = ['interval', 'timeout', 'start_period'].map(
    seconds,
  );
  const failures = at.at('retries').whole();
  return {
    type: 'exec',
    command,
    ...(delay !== undefined && { initialDelaySeconds: delay }),
    ...(period !== undefined && { periodSeconds: period }),
    ...(timeout !== undefined && { timeoutSeconds: timeout }),
    ...(failures !== undefined && { failureThreshold: failures }),
  };
}

/** A command as a list; one that a shell would have to take apart is left. */
export function wordsOf(
  at: Found,
  owner: string,
  ledger: Ledger,
): string[] | undefined {
  if (!at.exists) return undefined;
  const list = at.texts();
  if (list) return list.length > 0 ? list : undefined;
  const text = at.text() ?? '';
  if (!/^[\w./:=@%+, -]+$/.test(text)) {
    ledger.leave(
      at,
      `${owner}: a command`,
      'it has quotes or variables of a shell; write it as a list',
    );
    return undefined;
  }
  return text.split(/\s+/).filter(Boolean);
}
