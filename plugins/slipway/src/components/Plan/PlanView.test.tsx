import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { environmentPlan, plan } from '../../../dev/fake';
import { accessibilityProblems, renderWith } from '../../__testUtils__';
import { PlanView } from './PlanView';

describe('PlanView', () => {
  it('says the headline first: files, objects, warnings, and the cost with its difference', async () => {
    const { container } = renderWith(<PlanView plan={plan()} />);
    await screen.findByText('1 warning');
    expect(container).toHaveTextContent(/1 file · \+1/);
    expect(screen.getByText('1 to create,')).toBeInTheDocument();
    expect(screen.getByText('€41.20 a month')).toBeInTheDocument();
    expect(container).toHaveTextContent('€41.20 a month (+12.00)');
  });

  it('shows what changes in an object field by field, and where in the spec it comes from', async () => {
    renderWith(<PlanView plan={plan()} />);
    const fields = await screen.findByRole('list', {
      name: 'Fields of Deployment web',
    });
    expect(fields).toHaveTextContent('before: spec.replicas: 1');
    expect(fields).toHaveTextContent('after: spec.replicas: 2');
    expect(
      screen.getByText('from workloads[0].needs · line 22'),
    ).toBeInTheDocument();
    expect(screen.getByText('1 object unchanged')).toBeInTheDocument();
  });

  it('tells each verdict with its fix, and the rest as a number', async () => {
    renderWith(<PlanView plan={plan()} />);
    const policy = await screen.findByRole('list', { name: 'Policy' });
    expect(within(policy).getByTitle('Warning')).toBeInTheDocument();
    expect(
      within(policy).getByText('workloads[web].replicas: 2'),
    ).toBeInTheDocument();
    expect(
      within(policy).getByText('14 more rules passed'),
    ).toBeInTheDocument();
  });

  it('says in figures what fits the quota and what does not', async () => {
    renderWith(<PlanView plan={plan()} />);
    expect(await screen.findByText('2.4 + 0.6 of 5')).toBeInTheDocument();
    expect(screen.getByText('does not fit')).toBeInTheDocument();
    // Neither used nor asked for.
    expect(screen.queryByText('Services')).toBeNull();
  });

  it('says in words which data a removal loses', async () => {
    const [database] = environmentPlan().objects;
    renderWith(
      <PlanView
        plan={plan({
          environments: [
            environmentPlan({
              objects: [{ ...database, verb: 'delete', holdsData: true }],
            }),
          ],
        })}
      />,
    );
    expect(
      await screen.findByText('Data will be lost: StatefulSet orders-db.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Removing it deletes the data in it, for good.'),
    ).toBeInTheDocument();
  });

  it('says what opens a closed build gate', async () => {
    renderWith(<PlanView plan={plan()} />);
    expect(
      await screen.findByText(/waits for its first image: CI reports/),
    ).toBeInTheDocument();
  });

  it('tells problems with where, what was found, what is allowed and what to do', async () => {
    renderWith(
      <PlanView
        plan={plan({
          environments: [],
          problems: [
            {
              file: 'organizations/shop/services/checkout.yaml',
              line: 12,
              column: 5,
              path: 'spec.workloads[0].port',
              segments: ['spec', 'workloads', 0, 'port'],
              code: 'range',
              severity: 'error',
              message: 'spec.workloads[0].port is too large',
              found: '99999',
              allowed: '1 to 65535',
              hint: 'take the port that the container listens on',
            },
          ],
        })}
      />,
    );
    const problems = await screen.findByRole('list', { name: 'Problems' });
    expect(problems).toHaveTextContent(
      'organizations/shop/services/checkout.yaml:12:5 · spec.workloads[0].port',
    );
    expect(problems).toHaveTextContent('Found: 99999');
    expect(problems).toHaveTextContent('Allowed: 1 to 65535');
    expect(problems).toHaveTextContent('take the port');
    expect(screen.getByText('1 error')).toBeInTheDocument();
  });

  it('shows the files as diffs that open', async () => {
    renderWith(<PlanView plan={plan()} />);
    await userEvent.click(
      await screen.findByRole('button', { name: /checkout.yaml modified/ }),
    );
    expect(
      await screen.findByRole('region', { name: /Changes of organizations/ }),
    ).toHaveTextContent('removed: replicas: 1');
  });

  it('is accessible', async () => {
    const { container } = renderWith(<PlanView plan={plan()} />);
    await screen.findByText('1 warning');
    expect(
      await accessibilityProblems(
        container.querySelector('#root') ?? container,
      ),
    ).toEqual([]);
  });
});
