import { chmodSync, cpSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { cachedFolder } from '../cache.ts';
import { moduleFolder, requireGo, runGo } from '../go.ts';
import { cacheRoot, toolsRoot } from '../paths.ts';

const MODULE = 'gitea';
const GO_MODULE = 'code.gitea.io/gitea';
/** SQLite is linked in, which takes a C compiler. */
const TAGS = 'sqlite sqlite_unlock_notify';
/** What the program reads at run time. Its web pages' scripts are no part of the Go module: there is the API, and Git. */
const STATIC = ['templates', 'options', 'public'];

/** Where the program and its files are. */
export interface GiteaFiles {
  program: string;
  staticRoot: string;
}

/** Gives Gitea from the cache, building it when it is missing there. */
export async function builtGitea(
  log: (message: string) => void,
): Promise<GiteaFiles> {
  const folder = await cachedFolder({
    cacheRoot: cacheRoot(),
    module: MODULE,
    variant: [process.platform, process.arch, TAGS, STATIC],
    fill: target => build(target, log),
    onWait: log,
  });
  return { program: join(folder, 'gitea'), staticRoot: join(folder, 'static') };
}

async function build(
  target: string,
  log: (message: string) => void,
): Promise<void> {
  await requireGo('Gitea');
  log('Building Gitea (the first time takes minutes) …');
  const started = Date.now();
  const cwd = join(toolsRoot, MODULE);
  await runGo(
    [
      'build',
      '-trimpath',
      '-tags',
      TAGS,
      '-ldflags=-s -w',
      '-o',
      join(target, 'gitea'),
      GO_MODULE,
    ],
    cwd,
  );
  const sources = await moduleFolder(GO_MODULE, cwd);
  for (const name of STATIC) {
    const copy = join(target, 'static', name);
    cpSync(join(sources, name), copy, { recursive: true });
    makeWritable(copy);
  }
  log(`Built Gitea in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/** Go's own copy is read-only, and a cache that can't be removed is a nuisance. */
function makeWritable(path: string): void {
  if (!statSync(path).isDirectory()) return;
  chmodSync(path, 0o755);
  for (const name of readdirSync(path)) makeWritable(join(path, name));
}
