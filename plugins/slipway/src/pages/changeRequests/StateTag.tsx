import { useTranslationRef } from '@backstage/frontend-plugin-api';
import CloseIcon from '@mui/icons-material/Close';
import MergeIcon from '@mui/icons-material/MergeType';
import OpenIcon from '@mui/icons-material/Difference';
import Box from '@mui/material/Box';
import type { ApiChangeRequest } from '@slipway/plugin-slipway-common';
import { tint, tone, type Tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';

const STATES: Record<
  ApiChangeRequest['state'],
  { icon: typeof CloseIcon; tone: Tone }
> = {
  open: { icon: OpenIcon, tone: 'go' },
  merged: { icon: MergeIcon, tone: 'ok' },
  closed: { icon: CloseIcon, tone: 'off' },
};

/** Where a change request stands. @internal */
export function StateTag(props: { state: ApiChangeRequest['state'] }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { icon: Icon, tone: name } = STATES[props.state];
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.5,
        px: 1,
        borderRadius: '10px',
        fontSize: '0.78rem',
        fontWeight: 700,
        color: theme => tone(theme, name),
        bgcolor: theme => tint(theme, name),
      }}
    >
      <Icon aria-hidden sx={{ fontSize: 14 }} />
      {t(`changeState.${props.state}`)}
    </Box>
  );
}
