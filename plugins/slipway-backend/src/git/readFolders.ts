import { GitRepository } from './GitRepository';
import type { SizedEntry } from './objects';

/** More folders than this are listed faster by one process than by many questions. */
const FOLDERS = 16;
/** A folder of one environment has some thirty files; whoever asks for a whole repository asks a process. */
const ENTRIES = 200;

const SPACE = 0x20;
const NUL = 0x00;

/** A line of a tree object. */
interface Line {
  name: string;
  mode: string;
  id: string;
}

/**
 * What is below these folders, read from the process that stays instead of one a question: starting a process stops
 * everything else here for longer than the reading takes, and every reconcile reads its folder. Undefined when it is
 * not that simple (a file's path, or too much): then a process is worth it.
 */
export async function readFolders(
  repository: GitRepository,
  treeish: string,
  prefixes: string[],
  options: { sizes?: boolean },
): Promise<SizedEntry[] | undefined> {
  if (prefixes.length > FOLDERS || prefixes.some(hasLineEnd)) return undefined;
  const entries: SizedEntry[] = [];
  const walk = async (id: string, path: string): Promise<boolean> => {
    const content = await repository.content(id);
    if (!content) return false;
    for (const { name, mode, id: child } of linesOf(content, id.length / 2)) {
      const at = `${path}/${name}`;
      if (mode === '40000') {
        if (!(await walk(child, at))) return false;
      } else entries.push({ path: at, blob: child, mode: knownMode(mode) });
      if (entries.length > ENTRIES) return false;
    }
    return true;
  };
  for (const prefix of prefixes) {
    const found = await repository.look(`${treeish}:${prefix}`);
    if (!found) continue;
    if (found.type !== 'tree' || !(await walk(found.id, prefix)))
      return undefined;
  }
  if (options.sizes)
    await Promise.all(
      entries.map(async entry => {
        // What is damaged has none: reading it tells more.
        if (entry.mode !== '160000')
          entry.size = (await repository.look(entry.blob))?.size;
      }),
    );
  return entries;
}

function* linesOf(tree: Buffer, idBytes: number): Iterable<Line> {
  for (let at = 0; at < tree.length;) {
    const space = tree.indexOf(SPACE, at);
    const nul = tree.indexOf(NUL, space);
    yield {
      mode: tree.toString('latin1', at, space),
      name: tree.toString('utf8', space + 1, nul),
      id: tree.toString('hex', nul + 1, nul + 1 + idBytes),
    };
    at = nul + 1 + idBytes;
  }
}

/** Old repositories hold 100664, which means 100644. */
function knownMode(mode: string): SizedEntry['mode'] {
  return mode === '100755' || mode === '120000' || mode === '160000'
    ? mode
    : '100644';
}

/** Questions to the process that stays are lines. */
function hasLineEnd(path: string): boolean {
  return /[\0\r\n]/.test(path);
}
