import { useTranslationRef } from '@backstage/frontend-plugin-api';
import BlockIcon from '@mui/icons-material/Block';
import CheckIcon from '@mui/icons-material/Check';
import WaitIcon from '@mui/icons-material/HourglassEmpty';
import WarningIcon from '@mui/icons-material/WarningAmber';
import Box from '@mui/material/Box';
import type { ApiChangeRequestDetails } from '@slipway/plugin-slipway-common';
import { EntityName } from '../../components';
import { tone, type Tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { checksOf, type Check, type CheckState } from './checks';

const LOOKS: Record<CheckState, { icon: typeof CheckIcon; tone: Tone }> = {
  ok: { icon: CheckIcon, tone: 'ok' },
  warn: { icon: WarningIcon, tone: 'wait' },
  wait: { icon: WaitIcon, tone: 'wait' },
  bad: { icon: BlockIcon, tone: 'bad' },
};

/**
 * What has to hold before a merge, and whether it does.
 *
 * @internal
 */
export function Checks(props: { request: ApiChangeRequestDetails }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <Box
      component="ul"
      aria-label={t('checks.title')}
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: '1fr', md: '1fr 1fr' },
        columnGap: 3,
        rowGap: 0.75,
        listStyle: 'none',
        m: 0,
        px: 2,
        py: 1.5,
        fontSize: '0.875rem',
      }}
    >
      {checksOf(props.request).map(check => (
        <CheckItem key={check.id} check={check} />
      ))}
    </Box>
  );
}

function CheckItem(props: { check: Check }) {
  const { check } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { icon: Icon, tone: name } = LOOKS[check.state];
  return (
    <Box component="li" sx={{ display: 'flex', gap: 1, minWidth: 0 }}>
      <Icon
        titleAccess={t(`checks.state.${check.state}`)}
        sx={{ fontSize: 18, mt: '1px', color: theme => tone(theme, name) }}
      />
      <Box
        sx={{
          minWidth: 0,
          overflowWrap: 'anywhere',
          fontWeight: check.state === 'ok' ? 400 : 600,
        }}
      >
        <Words check={check} />
      </Box>
    </Box>
  );
}

function Words(props: { check: Check }) {
  const { check } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  switch (check.id) {
    case 'valid':
      return (
        <>
          {check.errors > 0
            ? t('checks.errors', { count: check.errors })
            : t('checks.valid')}
        </>
      );
    case 'conflicts':
      return (
        <>
          {check.files > 0
            ? t('checks.conflicts', { count: check.files })
            : t('checks.mergeable')}
        </>
      );
    case 'policy':
      return (
        <>
          {[
            check.denials > 0 && t('checks.denials', { count: check.denials }),
            check.warnings > 0 &&
              t('checks.warnings', { count: check.warnings }),
            t('checks.policy', { count: check.passed }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </>
      );
    case 'quota':
      return (
        <>
          {check.tight.length > 0
            ? t('checks.noQuota', { names: check.tight.join(', ') })
            : t('checks.quota')}
        </>
      );
    case 'data':
      return <>{t('checks.data', { count: check.objects })}</>;
    default:
      return <ApprovalWords check={check} />;
  }
}

function ApprovalWords(props: { check: Extract<Check, { id: 'approval' }> }) {
  const { given, needed, groups } = props.check;
  const { t } = useTranslationRef(slipwayTranslationRef);
  if (needed === 0) {
    return <>{t('checks.noApproval')}</>;
  }
  return (
    <>
      {t('checks.approved', { given: `${given}`, needed: `${needed}` })}
      {groups.map(group => (
        <span key={group}>
          {' · '}
          <EntityName entityRef={group} kind="group" />
        </span>
      ))}
    </>
  );
}
