import type { Found } from '../Found';
import type { Ledger } from '../Ledger';
import { DISK } from '../parts';
import type { FirstWorkload } from '../types';

export type Volume = NonNullable<FirstWorkload['volumes']>[number];

/** Disks and temporary folders; what binds a folder of the machine is left. */
export function volumesOf(at: Found, owner: string, ledger: Ledger): Volume[] {
  const volumes: Volume[] = [];
  const add = (volume: Volume) => {
    if (!volumes.some(({ path }) => path === volume.path)) volumes.push(volume);
  };
  for (const item of at.at('volumes').list()) {
    const [first = '', second] = (item.text() ?? '').split(':');
    const type = item.at('type').text();
    const path = item.at('target').text() ?? second ?? first;
    const from =
      item.at('source').text() ?? (second === undefined ? '' : first);
    if (type === 'tmpfs') add({ path, kind: 'temp' });
    else if (type === 'bind' || /^[./~]/.test(from))
      ledger.leave(
        item,
        `${owner}: ${path}`,
        'it is a folder of the machine that compose runs on; build it into the image',
      );
    else {
      ledger.leave(
        item,
        `${owner}: the size of ${path}, and what lies in it`,
        `compose names no size; ${DISK} is offered, and the disk is a new one`,
      );
      add({ path, kind: 'disk', size: DISK });
    }
  }
  for (const item of at.at('tmpfs').list().length > 0
    ? at.at('tmpfs').list()
    : [at.at('tmpfs')]) {
    const path = item.text()?.split(':')[0];
    if (path) add({ path, kind: 'temp' });
  }
  return volumes;
}
