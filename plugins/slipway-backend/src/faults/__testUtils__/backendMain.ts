// A backend as it is started in life, with Slipway and what it needs and nothing else, in a process of its own: so that
// a test can freeze it. Configuration by `--config`.
import { createBackend } from '@backstage/backend-defaults';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import eventsPlugin from '@backstage/plugin-events-backend';
import signalsPlugin from '@backstage/plugin-signals-backend';
import { flushCompileCache } from 'node:module';
import slipwayPlugin from '../../index';

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
