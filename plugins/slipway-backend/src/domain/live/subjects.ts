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

/**
 * What of a subject may change while it looks the same: the recording of what the watches have shown already, lines of
 * its timeline, and when somebody looked for drift last. Answers that show none of it aren't asked for again.
 */
export type Aspect = 'record' | 'timeline' | 'checked';

const ASPECT = '#';
const SERVICE = '/v1alpha1/services/{organization}/{service}';
const ENVIRONMENT =
  '/v1alpha1/environments/{organization}/{service}/{environment}';

/** Paths that take the live state from the watches, and what they show beside it. */
const SHOWN_LIVE: Record<string, Aspect[] | undefined> = {
  '/v1alpha1/overview': [],
  '/v1alpha1/environments': [],
  '/v1alpha1/services': [],
  '/v1alpha1/organizations': [],
  '/v1alpha1/organizations/{organization}': ['timeline'],
  [SERVICE]: [],
  [`${SERVICE}/pipelines`]: [],
  [ENVIRONMENT]: ['timeline'],
  [`${ENVIRONMENT}/drift`]: ['checked'],
  [`${ENVIRONMENT}/pipelines`]: [],
  [`${ENVIRONMENT}/timeline`]: ['timeline'],
};

/** What the path shows beside how things look; a path that nobody has judged shows everything. */
export function aspectsOfPath(path: string): Aspect[] {
  return SHOWN_LIVE[path] ?? ['record', 'timeline', 'checked'];
}

/** The subject of one aspect alone. */
export function aspectOf(subject: string, aspect: Aspect): string {
  return `${subject}${ASPECT}${aspect}`;
}

/** Whether a subject has aspects: environments, and what shows them. */
export function hasAspects(subject: string): boolean {
  return (
    subject === 'fleet' || /^(environment|service|organization):/.test(subject)
  );
}

/** The subjects themselves and those that show them, too; of one aspect, its own. */
export function withThoseThatShow(subjects: Iterable<string>): Set<string> {
  const all = new Set<string>();
  for (const subject of subjects) {
    const { whole, aspect } = partsOf(subject);
    for (const one of shownBy(whole)) all.add(`${one}${aspect}`);
  }
  return all;
}

function shownBy(subject: string): string[] {
  const at = subject.indexOf(':');
  if (at < 0) return [subject];
  const kind = subject.slice(0, at);
  const [organization, service] = subject.slice(at + 1).split('/');
  if (kind === 'change') return [subject, 'changes'];
  return [
    subject,
    ...(kind === 'environment' ? [`service:${organization}/${service}`] : []),
    ...(kind === 'environment' || kind === 'service'
      ? [`organization:${organization}`]
      : []),
    'fleet',
  ];
}

function partsOf(subject: string): { whole: string; aspect: string } {
  const at = subject.lastIndexOf(ASPECT);
  return at < 0
    ? { whole: subject, aspect: '' }
    : { whole: subject.slice(0, at), aspect: subject.slice(at) };
}

/** Subjects that many things move; pages that show them are told at most once in a while. */
export function isBroad(subject: string): boolean {
  const { whole } = partsOf(subject);
  return (
    whole === 'fleet' ||
    whole === 'operations' ||
    whole.startsWith('organization:')
  );
}
