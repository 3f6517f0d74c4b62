import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { JsonObject, objectAt, stringAt } from '../../apiserver/json';

/** A file of a repository at a commit. */
export interface SourceFile {
  path: string;
  text: string;
}

/** What of a repository an Application names. */
export interface Source {
  repoURL: string;
  path: string;
  targetRevision: string;
  recurse: boolean;
}

export interface RepositoryCredentials {
  username: string;
  password: string;
}

const GIT_TIMEOUT_MS = 30_000;

/** Anything wrong with what an Application points at: told to people as a condition of the Application. */
export class SourceError extends Error {}

export function sourceOf(spec: JsonObject): Source {
  const source = objectAt(spec, 'source');
  if (!source)
    throw new SourceError(
      'the sandbox reads spec.source only: spec.sources and spec.sourceHydrator are not supported',
    );
  for (const tool of ['helm', 'kustomize', 'plugin']) {
    if (source[tool] !== undefined)
      throw new SourceError(
        `the sandbox reads plain directories only: spec.source.${tool} is not supported`,
      );
  }
  const repoURL = stringAt(source, 'repoURL') ?? '';
  const targetRevision = stringAt(source, 'targetRevision') || 'HEAD';
  if (!/^\w[\w./+-]*$/.test(targetRevision) || targetRevision.includes('..')) {
    throw new SourceError(
      `spec.source.targetRevision "${targetRevision}" is no name of a branch, a tag or a commit`,
    );
  }
  const path = posix
    .normalize(stringAt(source, 'path') || '.')
    .replace(/\/$/, '');
  if (path.startsWith('..') || path.startsWith('/')) {
    throw new SourceError(
      `spec.source.path "${path}" leads out of the repository; it must be relative and stay inside`,
    );
  }
  return {
    repoURL,
    path,
    targetRevision,
    recurse: objectAt(source, 'directory')?.recurse === true,
  };
}

function localFolder(repoURL: string): string | undefined {
  if (repoURL.startsWith('file:')) return fileURLToPath(repoURL);
  return posix.isAbsolute(repoURL) ? repoURL : undefined;
}

/** Comparisons of trees that are remembered. */
const COMPARED_MAX = 1_000;

/** Reads Git repositories with the git command: local ones where they lie, others through a mirror. */
export class Repositories {
  private cache: Promise<string> | undefined;
  private readonly compared = new Map<string, boolean>();

  /** The commit that a revision names now. */
  async resolve(
    source: Source,
    credentials?: RepositoryCredentials,
  ): Promise<{ folder: string; commit: string }> {
    const folder = await this.folder(source.repoURL, credentials);
    try {
      const commit = await git([
        '-C',
        folder,
        'rev-parse',
        '--verify',
        '--quiet',
        `${source.targetRevision}^{commit}`,
      ]);
      return { folder, commit: commit.toString('utf8').trim() };
    } catch {
      throw new SourceError(
        `Unable to resolve '${source.targetRevision}' to a commit SHA in ${source.repoURL}`,
      );
    }
  }

  /** The manifests below the source's path at a commit. */
  async read(
    folder: string,
    commit: string,
    source: Source,
  ): Promise<SourceFile[]> {
    const inRoot = source.path === '.';
    const list = await git([
      '-C',
      folder,
      '--literal-pathspecs',
      'ls-tree',
      '-r',
      '-z',
      '--full-tree',
      commit,
      ...(inRoot ? [] : ['--', `${source.path}/`]),
    ]);
    const entries = list
      .toString('utf8')
      .split('\0')
      .filter(Boolean)
      .map(line => {
        const [meta, path] = line.split('\t');
        const [, type, object] = meta.split(' ');
        return {
          type,
          object,
          path,
          below: inRoot ? path : path.slice(source.path.length + 1),
        };
      });
    if (!entries.length && !inRoot)
      throw new SourceError(`${source.path}: app path does not exist`);
    const tool = entries.find(one =>
      [
        'Chart.yaml',
        'kustomization.yaml',
        'kustomization.yml',
        'Kustomization',
      ].includes(one.below),
    );
    if (tool)
      throw new SourceError(
        `the sandbox reads plain directories only: ${source.path} holds ${tool.below}`,
      );
    const wanted = entries.filter(
      one =>
        one.type === 'blob' &&
        /\.(ya?ml|json)$/.test(one.below) &&
        (source.recurse || !one.below.includes('/')),
    );
    const texts = await contents(
      folder,
      wanted.map(one => one.object),
    );
    return wanted.map((one, index) => ({ path: one.path, text: texts[index] }));
  }

  /** Whether a path holds the same at two commits; a commit that is gone holds nothing. */
  async isSame(
    folder: string,
    path: string,
    before: string,
    now: string,
  ): Promise<boolean> {
    const key = [folder, path, before, now].join('\0');
    const known = this.compared.get(key);
    if (known !== undefined) return known;
    // Both are commits, so the answer stays; only the newest are asked for again.
    if (this.compared.size >= COMPARED_MAX) this.compared.clear();
    const tree = path === '.' ? '' : path;
    const [a, b] = await Promise.all(
      [before, now].map(commit =>
        git([
          '-C',
          folder,
          'rev-parse',
          '--verify',
          '--quiet',
          `${commit}:${tree}`,
        ]).then(
          hash => hash.toString('utf8').trim(),
          () => undefined,
        ),
      ),
    );
    const same = a !== undefined && a === b;
    this.compared.set(key, same);
    return same;
  }

  async close(): Promise<void> {
    const cache = await this.cache;
    this.cache = undefined;
    if (cache) await rm(cache, { recursive: true, force: true });
  }

  private async folder(
    repoURL: string,
    credentials?: RepositoryCredentials,
  ): Promise<string> {
    const local = localFolder(repoURL);
    if (local !== undefined) {
      if (!existsSync(local))
        throw new SourceError(`repository ${repoURL} not found`);
      return local;
    }
    if (!/^https?:\/\//.test(repoURL)) {
      throw new SourceError(
        `the sandbox reads repositories from paths, file:, http: and https: URLs, not "${repoURL}"`,
      );
    }
    this.cache ??= mkdtemp(join(tmpdir(), 'slipway-sandbox-argocd-'));
    const folder = join(
      await this.cache,
      createHash('sha256').update(repoURL).digest('hex').slice(0, 16),
    );
    try {
      if (existsSync(folder))
        await git(['-C', folder, 'remote', 'update', '--prune'], {
          credentials,
        });
      else
        await git(['clone', '--quiet', '--mirror', '--', repoURL, folder], {
          credentials,
        });
    } catch (error) {
      throw new SourceError(
        `failed to fetch ${repoURL}: ${(error as Error).message}`,
      );
    }
    return folder;
  }
}

/** The texts of blobs, in one call. */
async function contents(folder: string, objects: string[]): Promise<string[]> {
  if (!objects.length) return [];
  const output = await git(['-C', folder, 'cat-file', '--batch'], {
    input: `${objects.join('\n')}\n`,
  });
  const texts: string[] = [];
  let position = 0;
  for (const object of objects) {
    const end = output.indexOf(10, position);
    const size = Number(output.toString('utf8', position, end).split(' ')[2]);
    if (!Number.isInteger(size))
      throw new SourceError(`Git has no object ${object}`);
    texts.push(output.toString('utf8', end + 1, end + 1 + size));
    position = end + 1 + size + 1;
  }
  return texts;
}

/** Runs git with an argument list; a password goes through the environment, where no process list shows it. */
function git(
  args: string[],
  options: { input?: string; credentials?: RepositoryCredentials } = {},
): Promise<Buffer> {
  const { credentials, input } = options;
  const settings: [string, string][] = [['safe.directory', '*']];
  if (credentials) {
    const basic = Buffer.from(
      `${credentials.username}:${credentials.password}`,
    ).toString('base64');
    settings.push(['http.extraHeader', `Authorization: Basic ${basic}`]);
  }
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_COUNT: String(settings.length),
  };
  settings.forEach(([key, value], index) => {
    env[`GIT_CONFIG_KEY_${index}`] = key;
    env[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, { env, timeout: GIT_TIMEOUT_MS });
    const out: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', chunk => out.push(chunk));
    child.stderr.on('data', chunk => errors.push(chunk));
    child.on('error', reject);
    child.on('close', code => {
      if (code === 0) resolve(Buffer.concat(out));
      else
        reject(
          new Error(
            Buffer.concat(errors).toString('utf8').trim().split('\n')[0] ||
              `git ended with ${code}`,
          ),
        );
    });
    // git may end before it read everything; its exit code tells.
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
  });
}
