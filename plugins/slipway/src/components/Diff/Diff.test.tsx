import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { accessibilityProblems, renderPart } from '../../__testUtils__';
import { FileDiffView } from './FileDiffView';
import { linesOfChange, linesOfPatch } from './lines';

const PATCH = [
  'diff --git a/a.yaml b/a.yaml',
  '--- a/a.yaml',
  '+++ b/a.yaml',
  '@@ -3,3 +3,4 @@',
  ' spec:',
  '-  replicas: 1',
  '+  replicas: 2',
  '+  port: 8080',
  '   name: web',
  '\\ No newline at end of file',
  '',
].join('\n');

describe('linesOfPatch', () => {
  it('numbers the lines of both sides', () => {
    expect(
      linesOfPatch(PATCH).map(({ kind, before, after, text }) => [
        kind,
        before,
        after,
        text,
      ]),
    ).toEqual([
      ['hunk', undefined, undefined, '@@ -3,3 +3,4 @@'],
      ['same', 3, 3, 'spec:'],
      ['remove', 4, undefined, '  replicas: 1'],
      ['add', undefined, 4, '  replicas: 2'],
      ['add', undefined, 5, '  port: 8080'],
      ['same', 5, 6, '  name: web'],
    ]);
  });
});

describe('linesOfChange', () => {
  it('takes an absent version for an empty file', () => {
    expect(linesOfChange(undefined, 'a\nb\n').map(({ kind }) => kind)).toEqual([
      'hunk',
      'add',
      'add',
    ]);
    expect(linesOfChange('a\n', undefined).map(({ kind }) => kind)).toEqual([
      'hunk',
      'remove',
    ]);
    expect(linesOfChange('a\n', 'a\n')).toEqual([]);
  });
});

describe('FileDiffView', () => {
  it('says the sign of a line in words too', () => {
    renderPart(<FileDiffView path="a.yaml" status="modified" patch={PATCH} />);
    expect(screen.getByText('removed:')).toBeInTheDocument();
    expect(screen.getAllByText('added:')).toHaveLength(2);
    expect(screen.getByText('+2')).toBeInTheDocument();
  });

  it('folds, and opens by keyboard', async () => {
    renderPart(
      <FileDiffView
        path="a.yaml"
        status="added"
        after="hello"
        defaultOpen={false}
      />,
    );
    expect(screen.queryByText('hello')).not.toBeInTheDocument();
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByText('hello')).toBeInTheDocument();
  });

  it('is accessible', async () => {
    const { container } = renderPart(
      <FileDiffView path="a.yaml" status="modified" patch={PATCH} />,
    );
    expect(await accessibilityProblems(container)).toEqual([]);
  });
});
