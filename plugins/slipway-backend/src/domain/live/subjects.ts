/** What a page shows, by the path of the API that it asked; the words of `ports/LiveSignals`. */
export function subjectsOfPath(
  path: string,
  params: Record<string, string>,
  query: Record<string, unknown>,
): string[] {
  const { organization, service, environment, id } = params;
  const [, , resource] = path.split('/');
  if (organization && service && environment) {
    const own = `environment:${organization}/${service}/${environment}`;
    // Runs of the service as a whole are shown with each of its environments.
    return path.endsWith('/pipelines')
      ? [own, `service:${organization}/${service}`]
      : [own];
  }
  if (organization && service) return [`service:${organization}/${service}`];
  // Its open change requests are on its page.
  if (organization) return [`organization:${organization}`, 'changes'];
  if (resource === 'change-requests')
    return id ? [`change:${id}`] : ['changes'];
  if (resource === 'operations') return ['operations'];
  if (resource === 'overview') return ['fleet', 'changes', 'operations'];
  if (resource === 'clusters') return ['operations'];
  if (typeof query.organization === 'string')
    return [`organization:${query.organization}`];
  return ['fleet'];
}

/** The subjects themselves and those that show them, too. */
export function withThoseThatShow(subjects: Iterable<string>): Set<string> {
  const all = new Set<string>();
  for (const subject of subjects) {
    all.add(subject);
    const at = subject.indexOf(':');
    const kind = subject.slice(0, at);
    const [organization, service] = subject.slice(at + 1).split('/');
    if (kind === 'environment') all.add(`service:${organization}/${service}`);
    if (kind === 'environment' || kind === 'service')
      all.add(`organization:${organization}`);
    if (kind === 'change') all.add('changes');
    else if (at > 0) all.add('fleet');
  }
  return all;
}

/** Subjects that many things move; pages that show them are told at most once in a while. */
export function isBroad(subject: string): boolean {
  return (
    subject === 'fleet' ||
    subject === 'operations' ||
    subject.startsWith('organization:')
  );
}
