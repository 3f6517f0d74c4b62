import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ROOT } from '../lib/paths.ts';
import { run } from '../lib/run.ts';

/** A package of somebody else, as it is published. */
export interface PeerPackage {
  name: string;
  version: string;
  /** SHA-512 of the archive, as the registry names it. */
  integrity: string;
}

/** What people install today for a part of this, with what of their own suites it needs. */
export const PEERS: PeerPackage[] = [
  {
    name: '@roadiehq/backstage-plugin-argo-cd-backend',
    version: '4.8.0',
    integrity:
      'sha512-lbtSnktsmgkxuz6g5xDuBF+fgJuV1u+eYVU0pazBmSaTtH7S0VRNNGLCreIRYlWoHLqXIJMaltoYfg3pzpnONw==',
  },
  {
    name: '@roadiehq/backstage-plugin-argo-cd-node',
    version: '2.0.0',
    integrity:
      'sha512-HawAQCrPfE7QaS380mPP+fF8I1IdLHD9Xh6wiXg7YiSVAtOyb8yfiFNbTq7i8Dodxy+tO/5uXbKoUtKiZjOskw==',
  },
  {
    name: '@backstage-community/plugin-argocd-backend',
    version: '1.5.0',
    integrity:
      'sha512-cpb6N790bWU1ZEEFoerb5q9/Gsis0lqr3aSbO1Ac5SfWK+aG1ntRzN5CqBruoWJIFQgK3nLTk7nvU8fDlqi19w==',
  },
  {
    name: '@backstage-community/plugin-argocd-node',
    version: '1.2.0',
    integrity:
      'sha512-aF9uQ4UotinIwTrtQoakR2DV4mNO2ARm0Di584EfK05aMBIS20oA3JUcOYJ8P/Fz5PBFXOhO8LKSkcG+d1BSdw==',
  },
  {
    name: '@backstage-community/plugin-argocd-common',
    version: '1.16.0',
    integrity:
      'sha512-kr/gqGTGRxwamibxzY9UTqlXf4aIMzb5q6GX6J//fI2SDANGKcpW1xSgJ6Zj2IzBJB8wQ4cEYVstgrAbOtkbwA==',
  },
];

/**
 * Where they are put. Inside the repository, so that what they share with Slipway (Backstage itself, Express) is found
 * in its node_modules: both sides run on the very same Backstage. In no lockfile of ours: nobody who installs or starts
 * Slipway pays for what it is compared with.
 */
export const PEERS_FOLDER = join(ROOT, 'packages', 'dev', '.cache', 'peers');

/** Fetches what isn't there yet, each checked against its digest. */
export async function fetchPeers(): Promise<void> {
  for (const peer of PEERS) {
    const folder = join(PEERS_FOLDER, 'node_modules', peer.name);
    const stamp = join(folder, '.fetched');
    const there =
      existsSync(stamp) && (await readFile(stamp, 'utf8')) === peer.integrity;
    if (!there) await fetchPeer(peer, folder, stamp);
  }
}

async function fetchPeer(
  { name, version, integrity }: PeerPackage,
  folder: string,
  stamp: string,
): Promise<void> {
  const work = join(PEERS_FOLDER, 'work');
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  const packed = await run('npm', ['pack', '--silent', `${name}@${version}`], {
    quiet: true,
    cwd: work,
  });
  const archive = packed.output.trim().split('\n').pop() ?? '';
  if (packed.code !== 0)
    throw new Error(`${name} could not be fetched: ${packed.output}`);
  const bytes = await readFile(join(work, archive));
  const digest = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  if (digest !== integrity)
    throw new Error(`${name}@${version} is ${digest}, not ${integrity}`);
  const unpacked = await run('tar', ['xzf', archive], {
    quiet: true,
    cwd: work,
  });
  if (unpacked.code !== 0)
    throw new Error(`${archive} could not be unpacked: ${unpacked.output}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  await rename(join(work, 'package'), folder);
  await rm(work, { recursive: true });
  await writeFile(stamp, integrity);
}
