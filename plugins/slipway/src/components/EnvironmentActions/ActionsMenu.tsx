import { useTranslationRef } from '@backstage/frontend-plugin-api';
import ListItemText from '@mui/material/ListItemText';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { slipwayTranslationRef } from '../../translation';
import { ConfirmAction } from './ConfirmAction';
import type { EnvironmentAction } from './useEnvironmentActions';

/**
 * The actions with what each will do below its name; one that isn't allowed says why instead.
 *
 * @internal
 */
export function ActionsMenu(props: {
  anchor: HTMLElement | null;
  environment: string;
  /** Undefined while it is looked up what this person may do. */
  actions: EnvironmentAction[] | undefined;
  onClose: () => void;
}) {
  const { anchor, environment, actions, onClose } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [asking, ask] = useState<EnvironmentAction['id']>();
  const asked = actions?.find(({ id }) => id === asking);
  return (
    <>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={onClose}
        MenuListProps={{ 'aria-label': t('actions.menu', { environment }) }}
        slotProps={{ paper: { sx: { maxWidth: 380 } } }}
      >
        {actions === undefined ? (
          <MenuItem disabled>{t('actions.loading')}</MenuItem>
        ) : (
          actions.map(action => (
            <MenuItem
              key={action.id}
              // Stays reachable: a reason that only a mouse finds is none.
              aria-disabled={!action.allowance.allowed || action.busy}
              onClick={() => {
                if (!action.allowance.allowed || action.busy) {
                  return;
                }
                onClose();
                if (action.confirm) {
                  ask(action.id);
                } else {
                  action.run();
                }
              }}
              sx={{ whiteSpace: 'normal' }}
            >
              <ListItemText
                primary={action.label}
                secondary={
                  action.allowance.allowed
                    ? action.help
                    : (action.allowance.reason ?? t('actions.notAllowed'))
                }
                primaryTypographyProps={{
                  fontSize: '0.875rem',
                  color: action.allowance.allowed
                    ? undefined
                    : 'text.secondary',
                }}
                secondaryTypographyProps={{ fontSize: '0.8125rem' }}
              />
            </MenuItem>
          ))
        )}
      </Menu>
      {asked && (
        <ConfirmAction
          environment={environment}
          action={asked}
          onClose={() => ask(undefined)}
        />
      )}
    </>
  );
}
