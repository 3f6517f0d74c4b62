import { builtBinaries } from './build.ts';
import { YQ_MODULE } from './tools.ts';

/** Path of a yq 4, from the cache or built now. */
export async function yq(log: (message: string) => void): Promise<string> {
  return (await builtBinaries([YQ_MODULE], log)).yq;
}
