import type { Found } from '../Found';
import type { Ledger } from '../Ledger';
import { databaseOf, hostsIn } from '../parts';
import type { FirstDatabase, FirstSpecInput, FirstWorkload } from '../types';
import { filled } from './interpolation';
import { NO_FIELD } from './reasons';
import { volumesOf } from './volumes';
import { workloadOf } from './workload';

function keysOf(at: Found): string[] {
  return at.texts() ?? at.fields().map(([key]) => key);
}

/** What a compose file declares, in the fields of a ServiceSpec. */
export function fromCompose(
  file: Found,
  input: FirstSpecInput,
  ledger: Ledger,
): { workloads: FirstWorkload[]; databases: FirstDatabase[] } {
  const services = file.at('services').fields();
  const names = new Map<string, string>();
  const databases: FirstDatabase[] = [];
  const workloads: Array<{
    key: string;
    at: Found;
    texts: string[];
    workload: FirstWorkload;
  }> = [];
  if (services.length > 0) ledger.took(file);
  for (const [key, value] of file.fields()) {
    if (
      !['services', 'version', 'name', 'volumes', 'networks'].includes(key) &&
      !key.startsWith('x-')
    )
      ledger.leave(value, key, NO_FIELD);
  }
  for (const [key, at] of services) {
    const owner = `service ${key}`;
    const name = ledger.name(key);
    names.set(key, name);
    const image = filled(at.at('image'), owner, ledger);
    const volumes = volumesOf(at, owner, ledger);
    const database =
      image === undefined
        ? undefined
        : databaseOf(
            at.at('image'),
            name,
            image,
            volumes.find(({ kind }) => kind === 'disk')?.size,
            owner,
            ledger,
          );
    if (database) {
      databases.push(database);
      continue;
    }
    const workload = workloadOf(
      { at, owner, name, image, volumes },
      input,
      ledger,
    );
    if (!workload) {
      names.delete(key);
      ledger.leave(at, owner, 'it has neither an image nor a build');
      continue;
    }
    workloads.push({
      key,
      at,
      texts: (workload.env ?? []).map(({ value }) => value),
      workload,
    });
  }
  return {
    databases,
    workloads: workloads.map(({ at, texts, workload }) => {
      const dependencies = [
        ...keysOf(at.at('depends_on')),
        ...keysOf(at.at('links')),
      ].map(link => link.split(':')[0]);
      const needs = [
        ...dependencies,
        ...hostsIn(texts, [...names.keys()]),
      ].flatMap(key => {
        const name = names.get(key);
        return name && name !== workload.name ? [name] : [];
      });
      return {
        ...workload,
        ...(needs.length > 0 && { needs: [...new Set(needs)] }),
      };
    }),
  };
}
