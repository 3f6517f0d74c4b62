import { at } from './json';
import { badRequest } from './status';
import { KubeObject } from './types';

export type Matcher = (object: KubeObject) => boolean;

type Requirement = (labels: Record<string, string>) => boolean;

const KEY =
  /^([a-z0-9A-Z]([-a-z0-9A-Z.]*[a-z0-9A-Z])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

function checked(kind: 'key' | 'value', text: string): string {
  if (!(kind === 'key' ? KEY : VALUE).test(text)) {
    throw badRequest(
      `unable to parse requirement: invalid label ${kind} "${text}"`,
    );
  }
  return text;
}

function requirement(text: string): Requirement {
  const set = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(text);
  if (set) {
    const key = checked('key', set[1]);
    const values = set[3].split(',').map(one => checked('value', one.trim()));
    if (set[2] === 'in')
      return labels => key in labels && values.includes(labels[key]);
    return labels => !(key in labels) || !values.includes(labels[key]);
  }
  const comparison = /^([^\s=!]+)\s*(==|=|!=)\s*(\S*)$/.exec(text);
  if (comparison) {
    const key = checked('key', comparison[1]);
    const value = checked('value', comparison[3]);
    if (comparison[2] === '!=') return labels => labels[key] !== value;
    return labels => labels[key] === value;
  }
  if (text.startsWith('!')) {
    const key = checked('key', text.slice(1).trim());
    return labels => !(key in labels);
  }
  const key = checked('key', text);
  return labels => key in labels;
}

/** Splits at commas that stand outside parentheses. */
function parts(text: string): string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map(one => one.trim())
    .filter(one => one !== '');
}

export function labelSelector(text: string | undefined): Matcher {
  if (!text) return () => true;
  const requirements = parts(text).map(requirement);
  return object => requirements.every(one => one(object.metadata.labels ?? {}));
}

/** Which fields beside name and namespace a field selector may name, by `plural.group`. */
const FIELDS: Record<string, string[]> = {
  pods: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  events: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  secrets: ['type'],
  namespaces: ['status.phase'],
  nodes: ['spec.unschedulable'],
  services: ['spec.clusterIP', 'spec.type'],
  'jobs.batch': ['status.successful'],
};

export function fieldSelector(
  text: string | undefined,
  resource: string,
  extra: string[] = [],
): Matcher {
  if (!text) return () => true;
  const allowed = [
    'metadata.name',
    'metadata.namespace',
    ...(FIELDS[resource] ?? []),
    ...extra,
  ];
  const requirements = parts(text).map(part => {
    const match = /^([^=!]+)(==|=|!=)(.*)$/.exec(part);
    if (!match)
      throw badRequest(
        `invalid field selector: "${part}"; can't understand it`,
      );
    const [, field, operator, value] = match;
    if (!allowed.includes(field)) {
      throw badRequest(
        allowed.length > 2
          ? `field label not supported: ${field}`
          : `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`,
      );
    }
    return (object: KubeObject) => {
      const path =
        resource === 'events' && field === 'source'
          ? ['source', 'component']
          : field.split('.');
      const found = String(
        at(object, ...path) ?? (field === 'spec.unschedulable' ? 'false' : ''),
      );
      return operator === '!=' ? found !== value : found === value;
    };
  });
  return object => requirements.every(one => one(object));
}
