import type { ServiceForm } from '../form';

/** What a form may hold beside these, such as the plan itself, is no part of what it describes. */
const KEYS = [
  'organization',
  'name',
  'owner',
  'description',
  'system',
  'lifecycle',
  'workloads',
  'databases',
  'environments',
  'skeleton',
  'pipelineTemplate',
  'repository',
  'firstSpec',
  'newOrganization',
] as const satisfies ReadonlyArray<keyof ServiceForm>;

/**
 * What the form describes, from all its pages: the scaffolder hands it to fields in the form's context.
 *
 * @internal
 */
export function formOf(formContext: unknown): ServiceForm {
  const data = propertyOf(formContext, 'formData');
  return Object.fromEntries(
    KEYS.map(key => [key, propertyOf(data, key)]).filter(
      ([, value]) => value !== undefined,
    ),
  );
}

function propertyOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
