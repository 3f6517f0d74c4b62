import {
  ChildProcess,
  ChildProcessWithoutNullStreams,
  spawn,
} from 'node:child_process';
import { redact } from './redact';

/** How one run of git is limited and fed. */
export interface GitRunOptions {
  /** The bare repository that the command works on. */
  gitDir?: string;
  input?: string | Buffer;
  /** Added to the cleaned environment. */
  env?: Record<string, string>;
  timeoutMs?: number;
  maxOutputBytes?: number;
  /** Exit codes that are an answer and no failure. */
  allow?: number[];
  /** Never to appear in an error. */
  secrets?: readonly string[];
}

export interface GitRunResult {
  stdout: Buffer;
  stderr: string;
  exitCode: number;
  pid?: number;
}

/** Git ran and failed, or was stopped. `stderr` is free of secrets. */
export class GitCommandError extends Error {
  readonly name = 'GitCommandError';
  constructor(
    readonly command: string,
    readonly exitCode: number | undefined,
    readonly stderr: string,
    readonly reason: 'exit' | 'timeout' | 'output-limit' | 'spawn',
    readonly pid?: number,
  ) {
    super(`git ${command} failed: ${stderr.trim() || reason}`);
  }
}

/** Local plumbing takes milliseconds; a minute means a hanging disk. */
const DEFAULT_TIMEOUT_MS = 60_000;
/** More than any listing that is read whole needs; a repository must not be able to fill the memory. */
const DEFAULT_MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
/** An error is for reading. */
const MAX_STDERR_BYTES = 64 * 1024;

/**
 * Settings that hold for every run: no hooks, no helpers and drivers of the machine, no other protocols, nothing asked.
 * They stand on the command line because repositories may say otherwise in their own configuration.
 */
const FIXED_CONFIG = [
  'safe.directory=*',
  'core.hooksPath=/dev/null',
  'core.attributesFile=/dev/null',
  'core.fsmonitor=false',
  'core.quotePath=false',
  'core.logAllRefUpdates=false',
  // A writer that holds the ref for a moment is no reason to fail; a lock left behind is.
  'core.filesRefLockTimeout=1000',
  'core.packedRefsTimeout=1000',
  // A branch must never outlive the objects that it points to when the power goes.
  'core.fsync=committed',
  'credential.helper=',
  'gc.autoDetach=false',
  // Rendered folders resemble each other so much that rename detection would move files between environments.
  'merge.renames=false',
  'merge.directoryRenames=false',
  'diff.renames=false',
  'protocol.allow=never',
  'protocol.http.allow=always',
  'protocol.https.allow=always',
  'protocol.ssh.allow=always',
];

/** What of our own environment git may see: finding programs, temporary files, proxies, certificates, the ssh agent. */
const PASSED_ENV = [
  'PATH',
  'HOME',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SYSTEMROOT',
  'SSH_AUTH_SOCK',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
];

function cleanEnv(): Record<string, string> {
  const env: Record<string, string> = {};
  for (const name of PASSED_ENV) {
    const value = process.env[name];
    if (value !== undefined) {
      env[name] = value;
    }
  }
  return {
    ...env,
    LC_ALL: 'C',
    TZ: 'UTC',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    GIT_SSH_COMMAND: 'ssh -oBatchMode=yes -oConnectTimeout=20',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_LITERAL_PATHSPECS: '1',
  };
}

/** Runs native git: argument arrays only, never a shell, in a cleaned environment, within limits. */
export class GitProcess {
  readonly #binary: string;

  constructor(options: { binary?: string } = {}) {
    this.#binary = options.binary ?? 'git';
  }

  async run(
    args: string[],
    options: GitRunOptions = {},
  ): Promise<GitRunResult> {
    const command = args[0];
    const result = await this.#spawn(args, options);
    if (result.exitCode !== 0 && !options.allow?.includes(result.exitCode)) {
      throw new GitCommandError(
        command,
        result.exitCode,
        result.stderr,
        'exit',
        result.pid,
      );
    }
    return result;
  }

  /**
   * A git that stays, in a group of its own. The caller ends it, and hands on nothing of what it says without taking
   * secrets out.
   */
  start(args: string[], gitDir: string): ChildProcess {
    return this.#child(args, { gitDir });
  }

  /** The output as text, without the newline at its end. */
  async text(args: string[], options: GitRunOptions = {}): Promise<string> {
    return (await this.run(args, options)).stdout.toString('utf8').trimEnd();
  }

  #child(
    args: string[],
    { gitDir, env }: Pick<GitRunOptions, 'gitDir' | 'env'>,
  ): ChildProcessWithoutNullStreams {
    const full = [
      ...FIXED_CONFIG.flatMap(setting => ['-c', setting]),
      ...(gitDir ? [`--git-dir=${gitDir}`] : []),
      ...args,
    ];
    // A group of its own: fetch and push start helpers, which must end with it.
    return spawn(this.#binary, full, {
      env: { ...cleanEnv(), ...env },
      // Repositories are named by absolute paths; a working directory that is gone would look like a missing git.
      cwd: '/',
      shell: false,
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  }

  #spawn(args: string[], options: GitRunOptions): Promise<GitRunResult> {
    const command = args[0];
    const maxOutput = options.maxOutputBytes ?? DEFAULT_MAX_OUTPUT_BYTES;
    return new Promise((resolve, reject) => {
      const child = this.#child(args, options);
      const out: Buffer[] = [];
      let outBytes = 0;
      let stderr = '';
      let stopped: 'timeout' | 'output-limit' | undefined;
      const stop = (reason: 'timeout' | 'output-limit') => {
        stopped ??= reason;
        if (child.pid !== undefined) {
          try {
            process.kill(-child.pid, 'SIGKILL');
          } catch {
            // It ended in this very moment; 'close' tells the rest.
          }
        }
      };
      const timer = setTimeout(
        () => stop('timeout'),
        options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      );
      child.stdout.on('data', (chunk: Buffer) => {
        outBytes += chunk.length;
        if (outBytes > maxOutput) {
          stop('output-limit');
        } else {
          out.push(chunk);
        }
      });
      child.stderr.on('data', (chunk: Buffer) => {
        if (stderr.length < MAX_STDERR_BYTES) {
          stderr += chunk.toString('utf8');
        }
      });
      // Git may end before it has read everything (EPIPE); its exit code says why.
      child.stdin.on('error', () => {});
      child.on('error', error => {
        clearTimeout(timer);
        reject(
          new GitCommandError(
            command,
            undefined,
            redact(error.message, options.secrets),
            'spawn',
          ),
        );
      });
      child.on('close', code => {
        clearTimeout(timer);
        const safe = redact(stderr, options.secrets);
        if (stopped) {
          reject(
            new GitCommandError(command, undefined, safe, stopped, child.pid),
          );
        } else {
          resolve({
            stdout: Buffer.concat(out),
            stderr: safe,
            exitCode: code ?? -1,
            pid: child.pid,
          });
        }
      });
      child.stdin.end(options.input);
    });
  }
}
