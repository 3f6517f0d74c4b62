import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import type { ApiRelease } from '@slipway/plugin-slipway-common';
import { useId, useState, type ReactNode } from 'react';
import {
  useReleases,
  useService,
  type EnvironmentKey,
  type ReleaseMove,
} from '../../api';
import { slipwayTranslationRef } from '../../translation';
import { Becomes } from '../Becomes';
import {
  EmptyState,
  NOTHING_SAID,
  RowsSkeleton,
  SaidAbove,
  StateView,
} from '../State';
import { MoveQuestion } from './MoveQuestion';
import { ReleaseLine } from './ReleaseLine';
import { isAfter, releaseIn } from './releases';
import { firstWay, waysOf } from './ways';

const PROMOTE: ReleaseMove = { verb: 'promote' };

/** What came before what runs comes first to mind; where nothing did, the newest. */
const firstOf = (releases: ApiRelease[], current: ApiRelease | undefined) => {
  const others = releases.filter(({ id }) => id !== current?.id);
  return current
    ? (others.find(release => isAfter(releases, current, release)) ?? others[0])
    : others[0];
};

/** What somebody wants of an environment's release; which one can be chosen in the dialog. @internal */
export type ReleaseWish =
  { verb: 'promote' } | { verb: 'rollback'; to?: string };

/**
 * Shows what another release would make of an environment before anything is asked for: promotion along the way that
 * the spec names, or one of the service's own releases.
 *
 * @internal
 */
export function ReleaseDialog(props: {
  environment: EnvironmentKey;
  wish: ReleaseWish;
  onClose: () => void;
}) {
  const { environment, wish, onClose } = props;
  const id = useId();
  return (
    <Dialog
      open
      onClose={onClose}
      aria-labelledby={id}
      maxWidth="md"
      fullWidth
      PaperProps={{ sx: { typography: 'body2', lineHeight: 1.45 } }}
    >
      <SaidAbove.Provider value={NOTHING_SAID}>
        {wish.verb === 'promote' ? (
          <Promote environment={environment} titleId={id} onClose={onClose} />
        ) : (
          <RollBack
            environment={environment}
            to={wish.to}
            titleId={id}
            onClose={onClose}
          />
        )}
      </SaidAbove.Provider>
    </Dialog>
  );
}

function Promote(props: {
  environment: EnvironmentKey;
  titleId: string;
  onClose: () => void;
}) {
  const { environment, titleId, onClose } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const name = `${environment.organization}/${environment.service}`;
  const query = useService(environment.organization, environment.service);
  const ways = query.data ? waysOf(query.data.environments) : [];
  const [chosen, choose] = useState<string>();
  const way =
    ways.find(({ to }) => to === chosen) ??
    firstWay(ways, environment.environment);
  const target = way?.to ?? environment.environment;
  return (
    <>
      <DialogTitle id={titleId}>
        {t('releases.promoteTitle', { environment: target })}
      </DialogTitle>
      <StateView
        query={query}
        what={t('syncCard.what', { name })}
        skeleton={<RowsSkeleton rows={4} />}
        isEmpty={() => ways.length === 0}
        empty={
          <EmptyState title={t('releases.noWay')}>
            {t('releases.noWayText', { service: name })}
          </EmptyState>
        }
      >
        {() => (
          <>
            {ways.length > 1 && (
              <Choice
                label={t('releases.way')}
                value={target}
                onChoose={choose}
              >
                {ways.map(({ from, to }) => (
                  <MenuItem key={to} value={to}>
                    <span>
                      <Becomes from={from} to={to} />
                    </span>
                  </MenuItem>
                ))}
              </Choice>
            )}
            <MoveQuestion
              key={target}
              environment={{ ...environment, environment: target }}
              move={PROMOTE}
              onClose={onClose}
            />
          </>
        )}
      </StateView>
    </>
  );
}

function RollBack(props: {
  environment: EnvironmentKey;
  to: string | undefined;
  titleId: string;
  onClose: () => void;
}) {
  const { environment, titleId, onClose } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const name = `${environment.organization}/${environment.service}`;
  const query = useReleases(environment);
  const releases = query.data?.items ?? [];
  const current = releaseIn(releases, environment.environment);
  const others = releases.filter(({ id }) => id !== current?.id);
  // Kept as it was when it was chosen: what runs changes while the answer is on its way.
  const [chosen, setChosen] = useState<{ id: string; forward: boolean }>();
  const choose = (id: string) => {
    const release = releases.find(each => each.id === id);
    setChosen({
      // One that is not in the list any more may still be in the history of the environment's folder.
      id,
      forward: release !== undefined && isAfter(releases, release, current),
    });
  };
  if (chosen === undefined && query.data) {
    const first = props.to ?? firstOf(releases, current)?.id;
    if (first !== undefined) {
      choose(first);
    }
  }
  return (
    <>
      <DialogTitle id={titleId}>
        {t(
          chosen?.forward ? 'releases.forwardTitle' : 'releases.rollbackTitle',
          { environment: environment.environment },
        )}
      </DialogTitle>
      <StateView
        query={query}
        what={t('releases.othersWhat', { service: name })}
        skeleton={<RowsSkeleton rows={4} />}
        isEmpty={() => chosen === undefined}
        empty={
          <EmptyState title={t('releases.noEarlier')}>
            {t('releases.noEarlierText', { service: name })}
          </EmptyState>
        }
      >
        {() => (
          <>
            {others.length > 1 && (
              <Choice
                label={t('releases.to')}
                value={chosen?.id ?? ''}
                onChoose={choose}
              >
                {others.map(each => (
                  <MenuItem
                    key={each.id}
                    value={each.id}
                    sx={{ whiteSpace: 'normal' }}
                  >
                    <ReleaseLine release={each} plain />
                  </MenuItem>
                ))}
              </Choice>
            )}
            {chosen && (
              <MoveQuestion
                key={chosen.id}
                environment={environment}
                move={{ verb: 'rollback', to: chosen.id }}
                forward={chosen.forward}
                onClose={onClose}
              />
            )}
          </>
        )}
      </StateView>
    </>
  );
}

function Choice(props: {
  label: string;
  value: string;
  onChoose: (value: string) => void;
  children: ReactNode;
}) {
  return (
    <Box sx={{ px: 2, pt: 1, pb: 1.5 }}>
      <TextField
        select
        size="small"
        fullWidth
        label={props.label}
        value={props.value}
        onChange={event => props.onChoose(event.target.value)}
        SelectProps={{
          // What is chosen may be long: it wraps, and leaves the arrow its room. Classes have another prefix in an app.
          SelectDisplayProps: {
            style: { whiteSpace: 'normal', overflowWrap: 'anywhere' },
          },
        }}
      >
        {props.children}
      </TextField>
    </Box>
  );
}
