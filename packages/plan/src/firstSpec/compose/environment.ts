import type { Found } from '../Found';
import type { Ledger } from '../Ledger';
import type { Variables } from '../parts';
import { filled, interpolate } from './interpolation';

/** The variables of a service, as a map or as a list; what a shell would give them is left. */
export function readEnvironment(
  at: Found,
  owner: string,
  variables: Variables,
  ledger: Ledger,
): void {
  const environment = at.at('environment');
  for (const file of at.at('env_file').exists ? [at.at('env_file')] : [])
    ledger.leave(
      file,
      `${owner}: env_file`,
      'such files mostly hold secrets, so they are not read',
    );
  for (const [name, value] of environment.fields()) {
    const text = value.exists
      ? filled(value, `${owner}: variable ${name}`, ledger, name)
      : undefined;
    if (text !== undefined) variables.literal(value, name, text);
    else if (!value.exists) fromShell(value, owner, name, ledger);
  }
  for (const item of environment.list()) {
    const text = item.text() ?? '';
    const split = text.indexOf('=');
    const name = split < 0 ? text : text.slice(0, split);
    if (split < 0) {
      fromShell(item, owner, name, ledger);
      continue;
    }
    const value = interpolate(text.slice(split + 1));
    if (value === undefined) fromShell(item, owner, name, ledger);
    else variables.literal(item, name, value);
  }
}

function fromShell(
  at: Found,
  owner: string,
  name: string,
  ledger: Ledger,
): void {
  ledger.leave(
    at,
    `${owner}: variable ${name}`,
    'its value comes from the shell that starts compose',
  );
}
