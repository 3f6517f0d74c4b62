import { useTranslationRef } from '@backstage/frontend-plugin-api';
import AddIcon from '@mui/icons-material/Add';
import DeleteIcon from '@mui/icons-material/DeleteOutline';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import { useEffect, useRef, type ReactNode } from 'react';
import { slipwayTranslationRef } from '../translation';
import { changeAt, without } from './drafts';

/**
 * A list of things, each edited in its own group; adding one moves the focus into it.
 *
 * @internal
 */
export function ListEditor<T extends object>(props: {
  /** What one is called, as in "workload". */
  noun: string;
  items: readonly T[];
  onChange: (items: T[]) => void;
  create: () => T;
  nameOf: (item: T) => string | undefined;
  disabled?: boolean;
  /** Shown while there is none. */
  none?: ReactNode;
  /** The largest number that the spec takes. */
  max?: number;
  children: (item: T, set: (item: T) => void, index: number) => ReactNode;
}) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const {
    noun,
    items,
    onChange,
    create,
    nameOf,
    disabled,
    none,
    max,
    children,
  } = props;
  const list = useRef<HTMLDivElement>(null);
  const focusLast = useRef(false);

  useEffect(() => {
    if (focusLast.current) {
      focusLast.current = false;
      list.current?.lastElementChild
        ?.querySelector<HTMLElement>('input')
        ?.focus();
    }
  }, [items.length]);

  return (
    <div>
      <div ref={list}>
        {items.map((item, index) => (
          <Box
            role="group"
            aria-label={`${noun} ${nameOf(item) ?? index + 1}`}
            // Items have no identity of their own while they are being written; their place is what stays.
            key={index}
            sx={{ borderTop: 1, borderColor: 'divider', pb: 2, minWidth: 0 }}
          >
            <Box sx={{ display: 'flex', alignItems: 'center' }}>
              <Box sx={{ fontWeight: 700, py: 1 }}>
                {nameOf(item) ?? t('form.newItem', { noun })}
              </Box>
              <IconButton
                aria-label={t('form.removeItem', {
                  noun,
                  name: nameOf(item) ?? String(index + 1),
                })}
                onClick={() => onChange(without(items, index))}
                disabled={disabled}
                size="small"
                sx={{ ml: 'auto' }}
              >
                <DeleteIcon fontSize="small" />
              </IconButton>
            </Box>
            {children(
              item,
              next => onChange(changeAt(items, index, next)),
              index,
            )}
          </Box>
        ))}
      </div>
      {items.length === 0 && (
        <Box sx={{ color: 'text.secondary', fontSize: '0.875rem', mb: 1 }}>
          {none}
        </Box>
      )}
      <Button
        startIcon={<AddIcon />}
        size="small"
        variant="outlined"
        disabled={disabled || (max !== undefined && items.length >= max)}
        onClick={() => {
          focusLast.current = true;
          onChange([...items, create()]);
        }}
      >
        {t('form.addItem', { noun })}
      </Button>
    </div>
  );
}

/** Inputs side by side as far as they fit. @internal */
export const Inputs = (props: { min?: number; children: ReactNode }) => (
  <Box
    sx={{
      display: 'grid',
      gap: 2,
      mt: 1.5,
      gridTemplateColumns: `repeat(auto-fill, minmax(min(100%, ${props.min ?? 180}px), 1fr))`,
      alignItems: 'start',
    }}
  >
    {props.children}
  </Box>
);
