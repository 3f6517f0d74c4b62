/** The chosen organization stays a choice while the list of them loads, or can't be read. @internal */
export function organizationChoices(
  organizations: Array<{ name: string; displayName: string }> | undefined,
  chosen: string,
  all: string,
): Array<[string, string]> {
  const known = (organizations ?? []).map(
    ({ name, displayName }): [string, string] => [name, displayName],
  );
  const isKnown = known.some(([name]) => name === chosen);
  return [
    ['', all],
    ...known,
    ...(chosen && !isKnown ? [[chosen, chosen] as [string, string]] : []),
  ];
}
