import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import type { ApiEnvironmentDetails } from '@slipway/plugin-slipway-common';
import { useMemo, useState } from 'react';
import { slipwayTranslationRef } from '../../translation';
import { EmptyState } from '../State';
import { ResourceTree } from './ResourceTree';
import {
  allNodes,
  buildTree,
  filterTree,
  refText,
  type TreeNode,
} from './tree';
import { Warnings } from './Warnings';

/**
 * What runs, by who owns whom, with a filter above it.
 *
 * @internal
 */
export function Resources(props: {
  details: ApiEnvironmentDetails;
  /** The object whose drawer is open, as `refText` names it. */
  selected?: string;
  /** Objects that drifted, as `refText` names them. */
  drifted?: ReadonlySet<string>;
  onOpen: (ref: string) => void;
}) {
  const { details, selected, drifted, onOpen } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [text, setText] = useState('');
  const [urgent, setUrgent] = useState(false);
  const tree = useMemo(() => treeOf(details), [details]);
  const all = useMemo(() => allNodes(tree), [tree]);
  if (details.objects.length === 0) {
    return (
      <EmptyState title={t('resources.emptyTitle')}>
        {t('resources.emptyText')}
      </EmptyState>
    );
  }
  const words = text.toLocaleLowerCase('en-US').split(/\s+/).filter(Boolean);
  const matches = (node: TreeNode) =>
    (!urgent || node.health !== 'Healthy') &&
    words.every(word =>
      `${node.kind} ${node.name}`.toLocaleLowerCase('en-US').includes(word),
    );
  const narrowed = words.length > 0 || urgent;
  const shown = narrowed ? filterTree(tree, matches) : tree;
  const idsOf = (refs: ReadonlySet<string> | undefined) =>
    new Set(all.filter(node => refs?.has(refText(node))).map(({ id }) => id));
  const unwell = details.objects.filter(
    ({ health }) => health !== 'Healthy',
  ).length;
  return (
    <>
      <Box
        role="search"
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          columnGap: 2,
          rowGap: 1,
          px: 2,
          py: 1,
          borderBottom: 1,
          borderColor: 'divider',
          color: 'text.secondary',
          fontSize: '0.8125rem',
        }}
      >
        <TextField
          label={t('resources.filter')}
          type="search"
          size="small"
          value={text}
          onChange={event => setText(event.target.value)}
          sx={{ width: 240, '& input': { py: 0.875 } }}
        />
        {(unwell > 0 || urgent) && (
          <FormControlLabel
            control={
              <Switch
                size="small"
                checked={urgent}
                onChange={(_event, checked) => setUrgent(checked)}
              />
            }
            label={t('resources.unhealthy')}
            slotProps={{ typography: { fontSize: '0.8125rem' } }}
          />
        )}
        <Box sx={{ ml: 'auto' }}>
          {t('resources.count', { count: details.objects.length })}
          {unwell > 0 &&
            ` · ${t('resources.notHealthy', { number: `${unwell}` })}`}
        </Box>
      </Box>
      {shown.length === 0 ? (
        <EmptyState title={t('resources.none')} />
      ) : (
        <ResourceTree
          nodes={shown}
          selected={all.find(node => refText(node) === selected)?.id}
          drifted={idsOf(drifted)}
          onOpen={node => onOpen(refText(node))}
        />
      )}
      <Warnings warnings={details.warnings ?? []} />
    </>
  );
}

function treeOf(details: ApiEnvironmentDetails): TreeNode[] {
  const { argocd, objects, conditions } = details;
  const synced = conditions.find(({ type }) => type === 'Synced');
  return buildTree(
    objects,
    argocd.application
      ? {
          name: argocd.application,
          namespace: argocd.namespace,
          sync: synced?.status === 'True' ? 'Synced' : undefined,
        }
      : undefined,
  );
}
