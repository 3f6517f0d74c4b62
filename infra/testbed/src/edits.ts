import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { TestbedError } from './errors.ts';
import { moduleFolder } from './go.ts';
import { toolsRoot } from './paths.ts';
import type { SourceEdit, ToolModule } from './tools.ts';

/**
 * Copies the modules that a tool wants to be edited to `dir`, edits them there, and gives the flag by which Go builds the
 * copies. What Go fetched is shared with every other build on this machine and stays as it was verified.
 */
export async function editedModules(
  tool: ToolModule,
  dir: string,
): Promise<string[]> {
  if (!tool.edits) return [];
  mkdirSync(dir, { recursive: true });
  const own = join(toolsRoot, tool.module);
  const copies = new Map<string, string>();
  for (const { goModule } of tool.edits) {
    if (copies.has(goModule)) continue;
    const copy = join(dir, String(copies.size));
    cpSync(await moduleFolder(goModule, own), copy, { recursive: true });
    makeWritable(copy);
    copies.set(goModule, copy);
  }
  for (const edit of tool.edits) {
    const file = join(copies.get(edit.goModule)!, edit.file);
    const text = edited(readFileSync(file, 'utf8'), edit);
    chmodSync(file, 0o644);
    writeFileSync(file, text);
  }
  const goMod = join(dir, 'go.mod');
  cpSync(join(own, 'go.sum'), join(dir, 'go.sum'));
  writeFileSync(
    goMod,
    [
      readFileSync(join(own, 'go.mod'), 'utf8'),
      ...[...copies].map(([name, copy]) => `replace ${name} => ${copy}`),
    ].join('\n'),
  );
  return [`-modfile=${goMod}`];
}

/** Go's folders are read-only, and so are their copies: nobody but root could remove them. */
function makeWritable(dir: string): void {
  chmodSync(dir, 0o755);
  for (const entry of readdirSync(dir, { withFileTypes: true }))
    if (entry.isDirectory()) makeWritable(join(dir, entry.name));
}

/** A newer version may say it differently: then the build must fail, not listen to the world. */
export function edited(source: string, edit: SourceEdit): string {
  const parts = source.split(edit.from);
  if (parts.length !== 2) {
    throw new TestbedError(
      `${edit.goModule} has ${parts.length - 1} times ${edit.from} in ${edit.file}; it must be there once.`,
    );
  }
  return parts.join(edit.to);
}
