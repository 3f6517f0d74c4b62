import { EnvironmentPlan, provenanceAt, RenderedObject } from '@slipway/plan';
import {
  ApiDriftAcceptance,
  Edit,
  editFile,
  EditStep,
  Provenance,
} from '@slipway/plugin-slipway-common';
import { same } from '../../domain/drift';
import { pathSteps, pointerOf, valueAt } from '../../domain/drift/lookup';
import { FieldDrift, ObjectDrift, refKey } from '../../domain/drift/types';
import {
  EnvironmentName,
  planDeclared,
  Surroundings,
} from '../../domain/platform/planDeclared';
import {
  PlatformResource,
  PlatformState,
} from '../../domain/platform/PlatformState';

/** How a field would be accepted, or why it can't be. */
export type Way =
  | { possible: true; edit: Edit; specPath: string; line?: number }
  | { possible: false; reason: string };

/**
 * How what was found in a cluster becomes the spec: by where the field comes from, with the smallest edit, and only when
 * a plan of the edited spec renders exactly what was found.
 */
export class Acceptances {
  private readonly plan: EnvironmentPlan | undefined;
  private readonly resource: PlatformResource | undefined;

  constructor(
    private readonly state: PlatformState,
    private readonly name: EnvironmentName,
    private readonly surroundings: Surroundings,
  ) {
    const attempt = planDeclared(state, name, surroundings);
    this.plan = 'plan' in attempt ? attempt.plan : undefined;
    this.resource = state.resource(
      'ServiceSpec',
      name.organization,
      name.service,
    );
  }

  /** File of the spec in the platform repository. */
  get file(): string | undefined {
    return this.resource?.path;
  }

  way(object: ObjectDrift, field: FieldDrift): Way {
    if (field.why === 'missing') {
      return no(
        'The object is missing; where it isn’t wanted any more, take it out of the spec.',
      );
    }
    if (!this.plan || !this.resource)
      return no('The spec can’t be planned at the moment.');
    const rendered = this.rendered(object);
    if (!rendered)
      return no('What is declared now doesn’t hold this object any more.');
    const attempts = candidates(rendered, field);
    if ('because' in attempts) return no(attempts.because);
    let reason = 'The edited spec would not render what was found.';
    for (const { edit, specPath, line } of attempts.edits) {
      const failure = this.verify([edit], [{ object, field }]);
      if (failure === undefined)
        return {
          possible: true,
          edit,
          specPath,
          ...(line !== undefined && { line }),
        };
      reason = failure;
    }
    return no(reason);
  }

  /** As the API tells it. */
  shape(object: ObjectDrift, field: FieldDrift): ApiDriftAcceptance {
    const way = this.way(object, field);
    return way.possible
      ? {
          possible: true,
          ...(this.file && { file: this.file }),
          specPath: way.specPath,
          ...(way.line !== undefined && { line: way.line }),
        }
      : way;
  }

  /** The file with these edits; throws away nothing else of it. */
  edited(edits: Edit[]): { text: string } | { because: string } {
    const { text, path } = this.resource!;
    const result = editFile(text, edits, { path });
    return 'text' in result
      ? result
      : { because: result.problems.map(({ message }) => message).join(' ') };
  }

  /** Why the edited spec would not render what was found; undefined when it does. */
  verify(
    edits: Edit[],
    fields: Array<{ object: ObjectDrift; field: FieldDrift }>,
  ): string | undefined {
    const result = this.edited(edits);
    if ('because' in result) return result.because;
    const { state } = this.state.withFiles([
      { path: this.resource!.path, content: result.text },
    ]);
    const attempt = planDeclared(state, this.name, this.surroundings);
    if (!('plan' in attempt)) return attempt.message;
    const error = attempt.plan.problems.find(
      ({ severity }) => severity === 'error',
    );
    if (error) return error.message;
    for (const { object, field } of fields) {
      const there = find(attempt.plan, object);
      const value = there && valueAt(there.object, field.path);
      if (!same(value, field.found))
        return `The edited spec would render ${JSON.stringify(value) ?? 'nothing'} at ${field.path}, not what was found.`;
    }
    return undefined;
  }

  private rendered(object: ObjectDrift): RenderedObject | undefined {
    return find(this.plan!, object);
  }
}

function find(
  plan: EnvironmentPlan,
  object: ObjectDrift,
): RenderedObject | undefined {
  return plan.objects.find(({ object: { apiVersion, kind, metadata } }) => {
    const { name, namespace } = metadata;
    return refKey({ apiVersion, kind, name, namespace }) === refKey(object);
  });
}

interface Candidate {
  edit: Edit;
  specPath: string;
  line?: number;
}

function candidates(
  rendered: RenderedObject,
  field: FieldDrift,
): { edits: Candidate[] } | { because: string } {
  const variable = addedVariable(rendered, field);
  if (variable) return { edits: [variable] };
  const pointer = pointerOf(rendered.object, field.path);
  if (pointer === undefined) {
    return {
      because: `Git says nothing of ${field.path}, and no field of the spec writes it.`,
    };
  }
  const source = provenanceAt(rendered, pointer);
  const image = imageRevision(rendered, source, field);
  if (image) return { edits: [image] };
  if (source.noInverse !== undefined) return { because: source.noInverse };
  const { specPath, line } = source;
  if (specPath === undefined)
    return { because: 'No field of the spec decides this.' };
  const path = specSteps(specPath);
  const place = { specPath, ...(line !== undefined && { line }) };
  if (field.found === undefined)
    return { edits: [{ edit: { op: 'delete', path }, ...place }] };
  return {
    edits: spellings(field.found).map(value => ({
      edit: { op: 'set', path, value },
      ...place,
    })),
  };
}

/** The ways in which a spec may write a value that is rendered like this. */
function spellings(found: unknown): unknown[] {
  if (typeof found === 'number') return [found, String(found)];
  if (typeof found !== 'string') return [found];
  const number = Number(found);
  return found !== '' && Number.isFinite(number) ? [found, number] : [found];
}

/** `workloads[web].env[LOG].value` as the steps that an edit takes, items by their names. */
function specSteps(specPath: string): EditStep[] {
  return [
    'spec',
    ...pathSteps(specPath).map((step): EditStep => {
      if (!step.startsWith('[')) return step;
      const name = step.slice(1, -1);
      return /^\d+$/.test(name) ? Number(name) : { name };
    }),
  ];
}

/** An image is rendered from parts; where only the revision differs and the spec pins it, that part is the inverse. */
function imageRevision(
  rendered: RenderedObject,
  source: Provenance,
  field: FieldDrift,
): Candidate | undefined {
  const { specPath, line } = source;
  if (!specPath?.endsWith('image.revision') || typeof field.found !== 'string')
    return undefined;
  const wanted = valueAt(rendered.object, field.path);
  const at = field.found.lastIndexOf(':');
  if (
    typeof wanted !== 'string' ||
    wanted.includes('@') ||
    field.found.includes('@') ||
    wanted.slice(0, wanted.lastIndexOf(':')) !== field.found.slice(0, at)
  )
    return undefined;
  return {
    edit: {
      op: 'set',
      path: specSteps(specPath),
      value: field.found.slice(at + 1),
    },
    specPath,
    ...(line !== undefined && { line }),
  };
}

/** A variable that somebody added beside Git is one more item of the workload's own list. */
function addedVariable(
  rendered: RenderedObject,
  field: FieldDrift,
): Candidate | undefined {
  const match = /\.containers\[name=([^\]]+)\]\.env\[name=[^\]]+\]$/.exec(
    field.path,
  );
  const found = field.found as { name?: string; value?: string } | undefined;
  if (!match || field.wanted !== undefined || typeof found?.value !== 'string')
    return undefined;
  const workload = /^workloads\[([^\]]+)\]/.exec(
    rendered.source?.specPath ?? '',
  )?.[1];
  if (workload === undefined) return undefined;
  const specPath = `workloads[${workload}].env`;
  return {
    edit: {
      op: 'append',
      path: specSteps(specPath),
      value: { name: found.name, value: found.value },
    },
    specPath,
  };
}

function no(reason: string): Way {
  return { possible: false, reason };
}
