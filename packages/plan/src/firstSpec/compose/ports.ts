import type { Found } from '../Found';
import type { Ledger } from '../Ledger';
import { portOf } from '../parts';
import type { FirstWorkload } from '../types';
import { interpolate } from './interpolation';

type Port = NonNullable<FirstWorkload['ports']>[number];

/** The ports that a service listens on; those of the machine are left. */
export function portsOf(at: Found, owner: string, ledger: Ledger): Port[] {
  const ports: Port[] = [];
  for (const item of [...at.at('ports').list(), ...at.at('expose').list()]) {
    const short = interpolate(item.text() ?? '');
    const target = item.at('target').whole();
    const [plain, protocol = item.at('protocol').text() ?? 'tcp'] = (
      short ?? ''
    ).split('/');
    const port = target ?? Number(plain.split(':').at(-1));
    if (protocol !== 'tcp')
      ledger.leave(item, `${owner}: port ${port}`, 'only TCP is served');
    else if (!Number.isInteger(port) || port < 1 || port > 65_535)
      ledger.leave(
        item,
        `${owner}: ports ${short ?? ''}`,
        'it is not one number of a port',
      );
    else if (!ports.some(one => one.port === port))
      ports.push(portOf(port, { taken: ports }));
  }
  if (at.at('ports').list().length > 0)
    ledger.leave(
      at.at('ports'),
      `${owner}: ports of the machine`,
      'what is reached from outside has domains; add one',
    );
  return ports;
}
