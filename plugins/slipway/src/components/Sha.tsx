import { useTranslationRef } from '@backstage/frontend-plugin-api';
import CheckIcon from '@mui/icons-material/Check';
import CopyIcon from '@mui/icons-material/ContentCopy';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import { useEffect, useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { MONO } from '../theme';
import { slipwayTranslationRef } from '../translation';

const SHORT = 7;
const SHOWN_MS = 2_000;

/** Only what looks like a commit is cut; a tag such as v1.2.3 stays whole. @internal */
export const shortSha = (value: string): string =>
  /^(sha256:)?[0-9a-f]{12,}$/.test(value)
    ? value.replace('sha256:', '').slice(0, SHORT)
    : value;

/**
 * A commit, digest or revision: short, whole on hover, copied by a click.
 *
 * @internal
 */
export function Sha(props: {
  value: string;
  /** A page elsewhere. */
  href?: string;
  /** A page of the portal. */
  to?: string;
  label?: string;
}) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const { value, href, to, label = t('parts.commit') } = props;
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) {
      return undefined;
    }
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };

  return (
    <Box
      component="span"
      sx={{ display: 'inline-flex', alignItems: 'center', fontFamily: MONO }}
    >
      {to && (
        <Link component={RouterLink} to={to} title={value}>
          {shortSha(value)}
        </Link>
      )}
      {!to && href && (
        <Link href={href} title={value} target="_blank" rel="noopener">
          {shortSha(value)}
        </Link>
      )}
      {!to && !href && <span title={value}>{shortSha(value)}</span>}
      <IconButton
        size="small"
        onClick={copy}
        aria-label={
          copied
            ? t('parts.copied', { label })
            : t('parts.copy', { label, value: shortSha(value) })
        }
        sx={{ p: 0.25, ml: 0.25 }}
      >
        {copied ? (
          <CheckIcon sx={{ fontSize: 14 }} />
        ) : (
          <CopyIcon sx={{ fontSize: 14, opacity: 0.6 }} />
        )}
      </IconButton>
    </Box>
  );
}
