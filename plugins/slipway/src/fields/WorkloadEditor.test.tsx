import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { renderWith } from '../__testUtils__';
import { WorkloadEditor, type WorkloadDraft } from './WorkloadEditor';

/** A workload as a form holds it. */
function Editor(props: {
  workload: WorkloadDraft;
  onChange: (workload: WorkloadDraft) => void;
}) {
  const [workload, setWorkload] = useState(props.workload);
  return (
    <WorkloadEditor
      path={['spec', 'workloads', 0]}
      workload={workload}
      onChange={changed => {
        setWorkload(changed);
        props.onChange(changed);
      }}
      offered={[]}
    />
  );
}

describe('what a workload is built from', () => {
  it('is elsewhere until a code repository is named, and again when all of it is taken away', async () => {
    const onChange = jest.fn();
    renderWith(<Editor workload={{ name: 'web' }} onChange={onChange} />);
    await userEvent.click(
      await screen.findByRole('button', { name: /Built from \(elsewhere\)/ }),
    );
    const repository = screen.getByRole('textbox', { name: 'Code repository' });
    fireEvent.change(repository, { target: { value: 'shop/checkout' } });
    fireEvent.change(screen.getByRole('textbox', { name: 'Folder' }), {
      target: { value: 'services/web' },
    });
    expect(onChange).toHaveBeenLastCalledWith({
      name: 'web',
      source: { repository: 'shop/checkout', path: 'services/web' },
    });
    expect(
      screen.getByRole('button', { name: 'Built from' }),
    ).toBeInTheDocument();
    fireEvent.change(repository, { target: { value: '' } });
    fireEvent.change(screen.getByRole('textbox', { name: 'Folder' }), {
      target: { value: '' },
    });
    expect(onChange.mock.lastCall?.[0].source).toBeUndefined();
  });
});
