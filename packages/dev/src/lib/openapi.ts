import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';
import { renderApiReference } from './apiReference.ts';
import { ROOT } from './paths.ts';

const DOCUMENT = join(ROOT, 'plugins/slipway-backend/src/schema/openapi.yaml');

const HEADER = `// Made by "npm run generate" from plugins/slipway-backend/src/schema/openapi.yaml. Don't edit.\n`;

/** What is made from the API document: file → content. */
export async function renderOpenApi(): Promise<Map<string, string>> {
  const text = await readFile(DOCUMENT, 'utf8');
  const types = astToString(await openapiTS(text));
  return new Map([
    [join(ROOT, 'docs/reference/api.md'), renderApiReference(parse(text))],
    [
      join(ROOT, 'plugins/slipway-backend/src/schema/openapi.generated.ts'),
      `${HEADER}/* eslint-disable */\nexport const spec = ${JSON.stringify(parse(text), null, 2)} as const;\n`,
    ],
    [
      join(ROOT, 'plugins/slipway-common/src/api/generated/openapi.ts'),
      `${HEADER}/* eslint-disable */\n${types.replace(
        'export interface paths',
        '/** Paths of the API. @public */\nexport interface paths',
      )}`,
    ],
  ]);
}

/** Writes the files, or with `check` only names those that are not current. */
export async function generateOpenApi(check: boolean): Promise<string[]> {
  const stale: string[] = [];
  for (const [file, content] of await renderOpenApi()) {
    const current = await readFile(file, 'utf8').catch(() => undefined);
    if (current === content) continue;
    stale.push(file);
    if (!check) await writeFile(file, content);
  }
  return stale;
}
