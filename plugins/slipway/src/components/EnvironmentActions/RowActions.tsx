import { useTranslationRef } from '@backstage/frontend-plugin-api';
import MoreIcon from '@mui/icons-material/MoreVert';
import IconButton from '@mui/material/IconButton';
import { useState } from 'react';
import { useEnvironment, type EnvironmentKey } from '../../api';
import { slipwayTranslationRef } from '../../translation';
import { ActionsMenu } from './ActionsMenu';
import type { useEnvironmentActions } from './useEnvironmentActions';

type ActionsFor = ReturnType<typeof useEnvironmentActions>['actionsFor'];

/**
 * The button at the end of a row, with what can be asked of its environment. What this person may do is asked when the
 * menu is opened, not for every row.
 *
 * @internal
 */
export function RowActions(props: {
  environment: EnvironmentKey;
  actionsFor: ActionsFor;
}) {
  const { environment, actionsFor } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [wanted, setWanted] = useState(false);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const label = t('actions.more', { environment: environment.environment });
  return (
    <>
      <IconButton
        size="small"
        onClick={event => {
          setWanted(true);
          setAnchor(event.currentTarget);
        }}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-label={label}
        title={label}
        sx={{ '@media print': { display: 'none' } }}
      >
        <MoreIcon fontSize="small" />
      </IconButton>
      {wanted && (
        <RowMenu
          environment={environment}
          anchor={anchor}
          actionsFor={actionsFor}
          onClose={() => setAnchor(null)}
        />
      )}
    </>
  );
}

function RowMenu(props: {
  environment: EnvironmentKey;
  anchor: HTMLElement | null;
  actionsFor: ActionsFor;
  onClose: () => void;
}) {
  const { environment, anchor, actionsFor, onClose } = props;
  const { data } = useEnvironment(environment);
  return (
    <ActionsMenu
      anchor={anchor}
      environment={environment.environment}
      actions={data && actionsFor(data.allowed, data.commit)}
      onClose={onClose}
    />
  );
}
