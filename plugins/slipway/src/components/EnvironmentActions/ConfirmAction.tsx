import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import { slipwayTranslationRef } from '../../translation';
import { ConfirmDialog } from '../ConfirmDialog';
import type { EnvironmentAction } from './useEnvironmentActions';

/**
 * Asks once more, in the words of what it will do.
 *
 * @internal
 */
export function ConfirmAction(props: {
  environment: string;
  action: EnvironmentAction;
  onClose: () => void;
}) {
  const { environment, action, onClose } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <ConfirmDialog
      open
      title={t('actions.confirmTitle', { action: action.label, environment })}
      confirm={action.label}
      busy={action.busy}
      onConfirm={() => {
        onClose();
        action.run();
      }}
      onClose={onClose}
    >
      <Box sx={{ fontSize: '0.9375rem' }}>{action.help}</Box>
    </ConfirmDialog>
  );
}
