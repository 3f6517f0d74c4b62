import { accessSync, constants, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cachedFolder } from './cache.ts';
import { editedModules } from './edits.ts';
import { EXIT_MISSING_TOOL, TestbedError } from './errors.ts';
import { requireGo, runGo } from './go.ts';
import { cacheRoot, toolsRoot } from './paths.ts';
import { REQUIRED_BINARIES, TOOL_MODULES, type ToolModule } from './tools.ts';

/** Path of each program by its name. */
export type Binaries = Record<string, string>;

/**
 * Gives every program of a control plane: from `KUBEBUILDER_ASSETS` when that
 * is set, else from the cache, building what is missing there.
 */
export async function ensureBinaries(
  log: (message: string) => void,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Binaries> {
  return env.KUBEBUILDER_ASSETS
    ? existingBinaries(resolve(env.KUBEBUILDER_ASSETS))
    : builtBinaries(TOOL_MODULES, log, env);
}

/** Gives the programs of these modules from the cache, building what is missing there. */
export async function builtBinaries(
  tools: ToolModule[],
  log: (message: string) => void,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Binaries> {
  const binaries: Binaries = {};
  for (const tool of tools) {
    const dir = await cachedFolder({
      cacheRoot: cacheRoot(env),
      module: tool.module,
      variant: [
        process.platform,
        process.arch,
        tool.binaries,
        tool.linkerVariables,
        // Left out where there are none: what was built before stays good.
        ...(tool.edits ? [tool.edits] : []),
      ],
      fill: target => build(tool, target, log),
      onWait: log,
    });
    for (const name of Object.keys(tool.binaries))
      binaries[name] = join(dir, name);
  }
  return binaries;
}

/** All or nothing: a mix of two Kubernetes versions would surprise whoever debugs it. */
function existingBinaries(dir: string): Binaries {
  const names = TOOL_MODULES.flatMap(tool => Object.keys(tool.binaries));
  const found = names.filter(name => isExecutable(join(dir, name)));
  const missing = REQUIRED_BINARIES.filter(name => !found.includes(name));
  if (missing.length > 0) {
    throw new TestbedError(
      `KUBEBUILDER_ASSETS is ${dir}, which lacks ${missing.join(', ')}. ` +
        `It must hold ${REQUIRED_BINARIES.join(', ')}; unset it to have them built.`,
      { exitCode: EXIT_MISSING_TOOL },
    );
  }
  return Object.fromEntries(found.map(name => [name, join(dir, name)]));
}

async function build(
  tool: ToolModule,
  target: string,
  log: (message: string) => void,
): Promise<void> {
  const names = Object.keys(tool.binaries).join(', ');
  await requireGo(names);
  log(`Building ${names} (the first time takes minutes) …`);
  const started = Date.now();
  const linkerFlags = Object.entries(tool.linkerVariables).map(
    ([name, value]) => `-X ${name}=${value}`,
  );
  const sources = `${target}.sources`;
  const editedFlags = await editedModules(tool, sources);
  for (const [name, goPackage] of Object.entries(tool.binaries)) {
    // -s -w leaves out what only a debugger reads, a third of the size.
    await runGo(
      [
        'build',
        '-trimpath',
        ...editedFlags,
        `-ldflags=${['-s', '-w', ...linkerFlags].join(' ')}`,
        '-o',
        join(target, name),
        goPackage,
      ],
      join(toolsRoot, tool.module),
    );
  }
  rmSync(sources, { recursive: true, force: true });
  log(`Built ${names} in ${Math.round((Date.now() - started) / 1000)} s.`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
