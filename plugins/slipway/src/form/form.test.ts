import { mockApis } from '@backstage/frontend-test-utils';
import { parseFile } from '@slipway/plugin-slipway-common';
import { bindingFromForm, filesFromForm, specFromForm } from '.';
import { slipwayTranslationRef } from '../translation';
import { pageOf, problemLine, problemsOfForm, type Say } from './problems';
import type { ServiceForm } from './types';

const form: ServiceForm = {
  organization: 'shop',
  name: 'invoices',
  owner: 'group:default/payments',
  description: '',
  skeleton: 'node-web',
  databases: [
    { name: 'orders', engine: 'postgres', version: '16', size: '1Gi' },
  ],
  workloads: [
    {
      name: 'web',
      image: { repository: 'registry.example.com/shop/invoices' },
      port: 8080,
      needs: ['orders'],
      resources: { cpu: '100m', memory: '128Mi' },
    },
  ],
  environments: [{ name: 'staging', class: 'shared-staging' }],
};

describe('specFromForm', () => {
  it('leaves out what nobody typed', () => {
    expect(specFromForm({ ...form, system: '' }).spec).not.toHaveProperty(
      'system',
    );
    expect(specFromForm(form).spec).not.toHaveProperty('description');
  });

  it('makes a spec of an empty form, for saying what is missing', () => {
    expect(specFromForm({})).toEqual({
      apiVersion: 'slipway.dev/v1alpha1',
      kind: 'ServiceSpec',
      metadata: {},
      spec: { workloads: [], databases: [], environments: [] },
    });
  });
});

describe('bindingFromForm', () => {
  it('takes the repository and the pipeline from the form, unless the template says otherwise', () => {
    expect(bindingFromForm(form).spec).toEqual({
      organization: 'shop',
      repository: { owner: 'shop', name: 'invoices' },
      pipeline: { name: 'invoices', template: 'node-web' },
    });
    expect(
      bindingFromForm(form, {
        repositoryOwner: 'acme',
        repositoryName: 'monorepo',
        branch: 'trunk',
        pipelineTemplate: 'container',
      }).spec,
    ).toEqual({
      organization: 'shop',
      repository: { owner: 'acme', name: 'monorepo', branch: 'trunk' },
      pipeline: { name: 'invoices', template: 'container' },
    });
  });
});

describe('filesFromForm', () => {
  it('writes files that read without a problem, at the paths of the platform repository', () => {
    const { files, problems } = filesFromForm(form);
    expect(problems).toEqual([]);
    expect(files?.map(({ path }) => path)).toEqual([
      'organizations/shop/services/invoices.yaml',
      'organizations/shop/bindings/invoices.yaml',
    ]);
    for (const { path, content = '' } of files ?? []) {
      expect(parseFile(content, { path }).problems).toEqual([]);
    }
  });

  it('leaves defaults out of the file', () => {
    const [spec] = filesFromForm(form).files ?? [];
    expect(spec.content).toContain('port: 8080');
    expect(spec.content).not.toMatch(/kind: Deployment|lifecycle|domains/);
  });

  it('makes no file while something is wrong, and says everything at once', () => {
    const { files, problems } = filesFromForm({
      ...form,
      name: 'In Voices',
      workloads: [{ ...form.workloads?.[0], port: '80a' }],
      environments: [{}],
    });
    expect(files).toBeUndefined();
    expect(problems.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'metadata.name',
        'spec.workloads[0].port',
        'spec.environments[0].name',
        'spec.environments[0].class',
      ]),
    );
  });
});

describe('problems of a form', () => {
  it('are those that the file would have, in the same words', () => {
    const broken = {
      ...form,
      workloads: [{ ...form.workloads?.[0], port: 99_999 }],
    };
    const [ofForm] = problemsOfForm(broken);
    const { content = '' } = filesFromForm(form).files?.[0] ?? {};
    const [ofFile] = parseFile(content.replace('port: 8080', 'port: 99999'), {
      path: 'organizations/shop/services/invoices.yaml',
    }).problems;
    expect(ofForm.message).toBe(ofFile.message);
    expect(ofForm.allowed).toBe(ofFile.allowed);
    expect(ofForm.path).toBe(ofFile.path);
    expect(problemLine(ofForm)).toContain(ofFile.message);
    expect(problemLine(ofForm)).not.toMatch(/^error/);
  });

  it('are told in the words of a translation where the schema tells them, and in the same words where it is English', () => {
    const broken = {
      ...form,
      lifecycle: 'eternal',
      workloads: [{ ...form.workloads?.[0], port: 99_999, name: 'Web' }],
    } as ServiceForm;
    const problems = problemsOfForm(broken);
    const english = mockApis
      .translation()
      .getTranslation(slipwayTranslationRef);
    if (!english.ready) throw new Error('It has no words.');
    expect(problems.length).toBeGreaterThan(2);
    for (const problem of problems)
      expect(problemLine(problem, english.t)).toBe(problemLine(problem));
    const inKeys = ((key: string, values: object) =>
      `${key} ${Object.values(values).join()}`) as unknown as Say;
    const [port] = problems.filter(({ path }) => path.endsWith('port'));
    expect(problemLine(port, inKeys)).toContain(
      'problem.schema.range spec.workloads[0].port',
    );
    expect(problemLine(port, inKeys)).toContain('(problem.found 99999; ');
  });

  it('are told once when spec and binding share them', () => {
    const paths = problemsOfForm({ ...form, name: 'X--y' }).map(
      ({ path }) => path,
    );
    expect(paths).toEqual(['metadata.name']);
  });

  it('belong to the page that they stand on', () => {
    expect(pageOf({ path: 'spec.workloads[2].image' })).toBe('Workloads');
    expect(pageOf({ path: 'spec.databases[0].size' })).toBe('Databases');
    expect(pageOf({ path: 'spec.environments' })).toBe('Environments');
    expect(pageOf({ path: 'spec.pipeline.template' })).toBe('Code repository');
    expect(pageOf({ path: 'metadata.name' })).toBe('Service');
  });
});
