// A backend as it is started in life, with Slipway and what it needs and nothing else, in a process of its own: so that
// a test can freeze and kill it. Configuration by `--config`. With `SLIPWAY_TEST_STEPS` it tells its parent before every
// step of every reconcile, and goes on when it is told to.
import { createBackend } from '@backstage/backend-defaults';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import eventsPlugin from '@backstage/plugin-events-backend';
import signalsPlugin from '@backstage/plugin-signals-backend';
import { flushCompileCache } from 'node:module';
import slipwayPlugin from '../../index';
import { ReconcileEngine } from '../../reconcile/engine';

/** What the process says before a step. */
export interface StepMessage {
  key: string;
  step: string;
}

if (process.env.SLIPWAY_TEST_STEPS) observeSteps();

const backend = createBackend();
backend.add(eventsPlugin);
backend.add(signalsPlugin);
backend.add(catalogServiceMock.factory());
backend.add(slipwayPlugin);
backend.start().then(
  // Whoever is killed writes nothing at its end.
  () => flushCompileCache(),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
// Whoever started it is gone.
process.on('disconnect', () => process.exit(0));

/** The product has no such hook of its own: the engine is created with an observer here. */
function observeSteps(): void {
  const create = ReconcileEngine.create.bind(ReconcileEngine);
  const goOn: Array<() => void> = [];
  process.on('message', () => goOn.shift()?.());
  ReconcileEngine.create = options =>
    create({
      ...options,
      onStep: (key, step, when) =>
        when === 'before'
          ? new Promise<void>(resolve => {
              goOn.push(resolve);
              process.send!({ key, step } satisfies StepMessage);
            })
          : undefined,
    });
}
