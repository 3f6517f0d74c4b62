#!/bin/sh
# Says which revision of a workload runs, in a values file of the chart, and pushes that.
#
#   set-revision.sh <values file> <workload> <revision> [<digest>]
#
# Runs in a clean clone of the GitOps repository. Needs git and yq 4 (github.com/mikefarah/yq). BRANCH names the branch
# where the clone has none checked out. Several may run at once: whoever finds the branch moved begins again on what is
# there now, so a push never takes anything back that another one wrote.
set -eu

fail() {
  printf 'set-revision: %s\n' "$1" >&2
  exit 1
}

[ $# -ge 3 ] && [ $# -le 4 ] ||
  fail 'usage: set-revision.sh <values file> <workload> <revision> [<digest>]'
file=$1
WORKLOAD=$2
REVISION=$3
DIGEST=${4:-}
export WORKLOAD REVISION DIGEST

# Whole strings, as a line of several may hold one that matches.
matches() {
  printf '%s' "$1" | LC_ALL=C awk -v pattern="$2" 'BEGIN { RS = "\001" } $0 ~ pattern { ok = 1 } END { exit !ok }'
}
case $file in
  /* | -* | ../* | */../* | */.. | ..) fail "'$file' is no file of the repository" ;;
esac
matches "$REVISION" '^[A-Za-z0-9_][A-Za-z0-9_.-]*$' && [ ${#REVISION} -le 128 ] ||
  fail "'$REVISION' is no image tag; a commit SHA or v1.2.3 is"
if [ -n "$DIGEST" ]; then
  matches "$DIGEST" '^sha256:[a-f0-9]+$' && [ ${#DIGEST} -eq 71 ] ||
    fail "'$DIGEST' is no digest; sha256: and 64 hexadecimal digits are"
fi
yq --version 2>/dev/null | grep -q mikefarah ||
  fail 'yq 4 of github.com/mikefarah/yq is not on the PATH'
branch=${BRANCH:-$(git symbolic-ref --quiet --short HEAD || true)}
[ -n "$branch" ] || fail 'no branch is checked out; set BRANCH'
[ -z "$(git status --porcelain)" ] || fail 'the clone has changes of its own'

attempt=0
while :; do
  git fetch --quiet origin "refs/heads/$branch"
  git reset --quiet --hard FETCH_HEAD
  [ -f "$file" ] && [ ! -L "$file" ] || fail "there is no file '$file' on $branch"
  found=$(yq '[.workloads[] | select(.name == strenv(WORKLOAD))] | length' "$file")
  [ "$found" = 1 ] || fail "'$file' has no workload '$WORKLOAD'"
  # A digest belongs to the revision that it was written beside.
  yq -i '
    (.workloads[] | select(.name == strenv(WORKLOAD)) | .image) |=
      (.revision = strenv(REVISION) | .revision tag = "!!str" | del(.digest)) |
    with(select(strenv(DIGEST) != "");
      (.workloads[] | select(.name == strenv(WORKLOAD)) | .image.digest) = strenv(DIGEST))
  ' "$file"
  if git diff --quiet -- "$file"; then
    printf '%s runs %s already\n' "$WORKLOAD" "$REVISION"
    exit 0
  fi
  git commit --quiet --message "Run $WORKLOAD $REVISION" -- "$file"
  if git push --quiet origin "HEAD:refs/heads/$branch" 2>push.log; then
    rm -f push.log
    printf '%s runs %s\n' "$WORKLOAD" "$REVISION"
    exit 0
  fi
  said=$(cat push.log)
  rm -f push.log
  attempt=$((attempt + 1))
  [ "$attempt" -lt "${ATTEMPTS:-20}" ] || fail "gave up after $attempt attempts: $said"
  # Not all at once again: up to two seconds.
  sleep "$(awk -v seed="$$$attempt" 'BEGIN { srand(seed); printf "%.2f", rand() * 2 }')"
done
