/*
 * Writes the CRDs and the reference from the schemas of the kinds. With
 * --check it writes nothing, and fails when a file isn't current.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { generatedFiles } from './files';

const ROOT = join(__dirname, '..', '..', '..');

function currentText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

const check = process.argv.includes('--check');
const stale = [...generatedFiles()].filter(
  ([path, text]) => currentText(join(ROOT, path)) !== text,
);
for (const [path, text] of stale) {
  const target = join(ROOT, path);
  if (!check) {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  process.stdout.write(
    `${check ? 'not current' : 'wrote'}: ${relative(ROOT, target)}\n`,
  );
}
if (check && stale.length > 0) {
  process.exitCode = 1;
}
