import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { GitCommandError, GitProcess } from './process';
import { redact } from './redact';

/** What Git says of an object. */
export interface ObjectInfo {
  id: string;
  type: 'commit' | 'tree' | 'blob' | 'tag';
  size: number;
}

type Answer = { info: ObjectInfo; content?: Buffer } | undefined;

interface Waiting {
  wants: 'info' | 'contents';
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** A look at an object takes less than a millisecond; beyond this the disk hangs. */
const TIMEOUT_MS = 60_000;
/** Pages come in bursts; what nobody asks for this long is not worth a process. */
const IDLE_MS = 30_000;
/** The same that one read may bring in. */
const MAX_BYTES = 256 * 1024 * 1024;
const MAX_STDERR = 64 * 1024;
const NEWLINE = 0x0a;

/**
 * One long-lived `git cat-file --batch-command` of a repository. It sees refs and objects as they are at each question;
 * when it ends, whoever waits is told, and the next question starts another one.
 */
export class ObjectReader {
  #child?: ChildProcess;
  #waiting: Waiting[] = [];
  #chunks: Buffer[] = [];
  #bytes = 0;
  #header?: ObjectInfo;
  #stderr = '';
  #timer?: NodeJS.Timeout;

  constructor(
    private readonly git: GitProcess,
    private readonly gitDir: string,
  ) {}

  get idle(): boolean {
    return this.#waiting.length === 0;
  }

  /** What a revision names; undefined when it isn't there. */
  async info(revision: string): Promise<ObjectInfo | undefined> {
    return (await this.#ask('info', revision))?.info;
  }

  /** The content of an object; undefined when it isn't there. */
  async contents(id: string): Promise<Buffer | undefined> {
    return (await this.#ask('contents', id))?.content;
  }

  /** Ends the process; who still waits is told so. */
  close(): void {
    this.#end(new GitCommandError('cat-file', undefined, '', 'exit'));
  }

  #ask(wants: Waiting['wants'], object: string): Promise<Answer> {
    if (/[\0\r\n]/.test(object)) {
      throw new TypeError('The name of an object is one line.');
    }
    return new Promise((resolve, reject) => {
      const child = (this.#child ??= this.#start());
      this.#waiting.push({ wants, resolve, reject });
      if (this.#waiting.length === 1) {
        hold(child, true);
        this.#await(TIMEOUT_MS, 'timeout');
      }
      child.stdin!.write(`${wants} ${object}\n`);
    });
  }

  #start(): ChildProcess {
    const child = this.git.start(['cat-file', '--batch-command'], this.gitDir);
    const isOurs = () => this.#child === child;
    this.#stderr = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      if (isOurs()) this.#take(chunk);
    });
    child.stderr!.on('data', (chunk: Buffer) => {
      if (isOurs() && this.#stderr.length < MAX_STDERR)
        this.#stderr += chunk.toString('utf8');
    });
    // It ended before it was asked; 'close' says why.
    child.stdin!.on('error', () => {});
    child.on('error', error => {
      if (isOurs())
        this.#end(
          new GitCommandError(
            'cat-file',
            undefined,
            redact(error.message),
            'spawn',
          ),
        );
    });
    child.on('close', code => {
      if (isOurs())
        this.#end(
          new GitCommandError(
            'cat-file',
            code ?? undefined,
            redact(this.#stderr),
            'exit',
          ),
        );
    });
    return child;
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    while (this.#waiting.length > 0 && this.#next());
    if (this.#waiting.length > 0) {
      this.#await(TIMEOUT_MS, 'timeout');
    } else if (this.#child) {
      hold(this.#child, false);
      this.#await(IDLE_MS);
    }
  }

  /** Answers the first who waits, if all of the answer is here. */
  #next(): boolean {
    const [{ wants }] = this.#waiting;
    if (!this.#header) {
      const line = this.#line();
      if (line === undefined) return false;
      const [id, type, size] = line.split(' ');
      // `<object> missing`, or ambiguous: there is nothing that this could mean.
      if (size === undefined) return this.#answer(undefined);
      this.#header = { id, type: type as ObjectInfo['type'], size: +size };
      if (wants === 'info') return this.#answer({ info: this.#header });
      if (this.#header.size > MAX_BYTES) {
        this.#end(
          new GitCommandError('cat-file', undefined, '', 'output-limit'),
        );
        return false;
      }
    }
    const info = this.#header;
    if (this.#bytes < info.size + 1) return false;
    const all = this.#all();
    this.#keep(all.subarray(info.size + 1));
    return this.#answer({ info, content: all.subarray(0, info.size) });
  }

  #answer(answer: Answer): boolean {
    this.#header = undefined;
    this.#waiting.shift()!.resolve(answer);
    return true;
  }

  #line(): string | undefined {
    if (!this.#chunks.some(chunk => chunk.includes(NEWLINE))) return undefined;
    const all = this.#all();
    const end = all.indexOf(NEWLINE);
    this.#keep(all.subarray(end + 1));
    return all.toString('utf8', 0, end);
  }

  #all(): Buffer {
    const all =
      this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
    this.#keep(all);
    return all;
  }

  #keep(rest: Buffer): void {
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#bytes = rest.length;
  }

  #await(ms: number, reason?: 'timeout'): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () =>
        this.#end(
          new GitCommandError('cat-file', undefined, '', reason ?? 'exit'),
        ),
      ms,
    );
    this.#timer.unref();
  }

  #end(error: Error): void {
    clearTimeout(this.#timer);
    const child = this.#child;
    const waiting = this.#waiting;
    this.#child = undefined;
    this.#waiting = [];
    this.#header = undefined;
    this.#keep(Buffer.alloc(0));
    if (child?.pid !== undefined && child.exitCode === null) {
      hold(child, false);
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It ended in this very moment.
      }
    }
    waiting.forEach(({ reject }) => reject(error));
  }
}

/** Only while somebody waits does it keep this process from ending. */
function hold(child: ChildProcess, held: boolean): void {
  const parts = [child, child.stdin, child.stdout, child.stderr] as Array<
    ChildProcess | Socket
  >;
  for (const part of parts) {
    if (held) part.ref();
    else part.unref();
  }
}

/** More repositories than a usual installation works with at once. */
const MAX_READERS = 16;

/** The readers of a host, one a repository; the one that was asked longest ago makes room. */
export class ObjectReaders {
  readonly #readers = new Map<string, ObjectReader>();

  constructor(private readonly git: GitProcess) {}

  of(gitDir: string): ObjectReader {
    const reader =
      this.#readers.get(gitDir) ?? new ObjectReader(this.git, gitDir);
    this.#readers.delete(gitDir);
    this.#readers.set(gitDir, reader);
    if (this.#readers.size > MAX_READERS) this.#makeRoom();
    return reader;
  }

  close(): void {
    this.#readers.forEach(reader => reader.close());
    this.#readers.clear();
  }

  #makeRoom(): void {
    for (const [gitDir, reader] of this.#readers) {
      if (reader.idle) {
        reader.close();
        this.#readers.delete(gitDir);
        return;
      }
    }
  }
}
