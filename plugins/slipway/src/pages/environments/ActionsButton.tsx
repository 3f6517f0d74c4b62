import { useTranslationRef } from '@backstage/frontend-plugin-api';
import OpenIcon from '@mui/icons-material/ArrowDropDown';
import Button from '@mui/material/Button';
import { useState } from 'react';
import {
  ActionsMenu,
  type EnvironmentAction,
} from '../../components/EnvironmentActions';
import { SENTENCE } from '../../theme';
import { slipwayTranslationRef } from '../../translation';

/**
 * Everything that can be asked of the environment, behind one quiet button.
 *
 * @internal
 */
export function ActionsButton(props: {
  environment: string;
  actions: EnvironmentAction[];
}) {
  const { environment, actions } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        color="inherit"
        endIcon={<OpenIcon />}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-busy={actions.some(({ busy }) => busy) || undefined}
        onClick={event => setAnchor(event.currentTarget)}
        sx={{ ...SENTENCE, borderColor: 'divider' }}
      >
        {t('actions.button')}
      </Button>
      <ActionsMenu
        anchor={anchor}
        environment={environment}
        actions={actions}
        onClose={() => setAnchor(null)}
      />
    </>
  );
}
