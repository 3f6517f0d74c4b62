import { generateOpenApi } from '../lib/openapi.ts';
import { fail, say } from '../lib/say.ts';
import { run } from '../lib/run.ts';

// Writes what is made from a single source: API types from the OpenAPI document; CRDs, JSON Schemas and reference docs
// from the kinds. With --check it writes nothing and fails when something is not current.
const check = process.argv.includes('--check');
const stale = await generateOpenApi(check);
const kinds = await run('yarn', [
  'workspace',
  '@slipway/plugin-slipway-common',
  'generate',
  ...(check ? ['--check'] : []),
]);
if (kinds.code !== 0) process.exitCode = 1;
for (const file of stale) say(check ? `not current: ${file}` : `wrote ${file}`);
if (check && stale.length > 0)
  fail('run "npm run generate" and commit what it writes');
