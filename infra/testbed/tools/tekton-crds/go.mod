module slipway.dev/testbed/tools/tekton-crds

go 1.26.0

require (
	github.com/tektoncd/pipeline v1.6.0
	github.com/tektoncd/triggers v0.34.0
)
