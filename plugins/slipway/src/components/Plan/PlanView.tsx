import Box from '@mui/material/Box';
import type { ApiPlan } from '@slipway/plugin-slipway-common';
import { FileDiffView } from '../Diff';
import { ProblemList } from '../ProblemList';
import { EnvironmentPlanView } from './EnvironmentPlanView';
import { PlanHeadline } from './PlanHeadline';

const STATUS: Record<string, 'added' | 'modified' | 'removed'> = {
  create: 'added',
  update: 'modified',
  delete: 'removed',
};

/** More environments than this start folded: the headline has said the sum. */
const OPEN_AT_MOST = 3;

/**
 * What a change would do, in the form, on the change request, and on the approval: headline, problems, environments,
 * files.
 *
 * @internal
 */
export function PlanView(props: {
  plan: ApiPlan;
  /** Off where the files are shown beside the plan anyway. */
  files?: boolean;
}) {
  const { plan, files = true } = props;
  return (
    <Box sx={{ lineHeight: 1.45 }}>
      <Box sx={{ px: 2, py: 1.5 }}>
        <PlanHeadline plan={plan} />
      </Box>
      {plan.problems.length > 0 && (
        <Box sx={{ px: 2, pb: 1 }}>
          <ProblemList problems={plan.problems} />
        </Box>
      )}
      {plan.environments.map(environment => (
        <EnvironmentPlanView
          key={`${environment.organization}/${environment.service}/${environment.environment}`}
          plan={environment}
          defaultOpen={plan.environments.length <= OPEN_AT_MOST}
        />
      ))}
      {files &&
        plan.files.map(file => (
          <FileDiffView
            key={file.path}
            path={file.path}
            status={STATUS[file.verb] ?? 'modified'}
            before={file.before}
            after={file.after}
            defaultOpen={false}
          />
        ))}
    </Box>
  );
}
