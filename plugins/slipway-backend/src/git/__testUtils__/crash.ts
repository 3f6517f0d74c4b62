import {
  appendFileSync,
  promises as fs,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { ChangeStore } from '../../ports/ChangeStore';

/** Whether the process dies with the step not done, or done but unknown to it. */
export type When = 'before' | 'after';

/** A process that dies at its n-th step that others can see: a write to the store or a move of refs. */
export interface CrashingProcess {
  gitBinary: string;
  changes: ChangeStore;
  /** Steps that were begun. */
  steps(): number;
}

const WRITES = new Set<keyof ChangeStore>(['adoptOrInsert', 'update']);

/**
 * Steps are counted in a file that the store's stand-in and a wrapper around git share, so that a test finds them by
 * running and need not list them.
 */
export async function crashingProcess(options: {
  folder: string;
  store: ChangeStore;
  step: number;
  when: When;
}): Promise<CrashingProcess> {
  await fs.mkdir(options.folder, { recursive: true });
  const count = path.join(options.folder, 'count');
  const gitBinary = path.join(options.folder, 'git');
  writeFileSync(count, '');
  const real = process.env.PATH!.split(path.delimiter).join(':');
  await fs.writeFile(
    gitBinary,
    `#!/bin/sh
PATH='${real}'
case " $* " in
  *" update-ref "*|*" push "*) ;;
  *) exec git "$@" ;;
esac
echo x >> '${count}'
n=$(wc -l < '${count}')
if [ "$n" -gt ${options.step} ]; then exit 137; fi
if [ "$n" -eq ${options.step} ]; then
  if [ ${options.when} = after ]; then git "$@" >/dev/null; fi
  exit 137
fi
exec git "$@"
`,
    { mode: 0o755 },
  );
  const steps = () => readFileSync(count, 'utf8').length / 2;
  const changes = new Proxy(options.store, {
    get(target, property: keyof ChangeStore) {
      const method = target[property] as (
        ...args: unknown[]
      ) => Promise<unknown>;
      if (!WRITES.has(property)) return method.bind(target);
      return async (...args: unknown[]) => {
        appendFileSync(count, 'x\n');
        const now = steps();
        if (now > options.step) throw new Error('crashed already');
        if (now === options.step) {
          if (options.when === 'after') await method.apply(target, args);
          throw new Error('crashed');
        }
        return method.apply(target, args);
      };
    },
  });
  return { gitBinary, changes, steps };
}
