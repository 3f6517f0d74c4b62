// Made by "npm run generate" from plugins/slipway-backend/src/schema/openapi.yaml. Don't edit.
/* eslint-disable */
export const spec = {
  "openapi": "3.0.3",
  "info": {
    "title": "slipway",
    "version": "1alpha1",
    "description": "The API of Slipway. Lists show what the caller may see; everything that writes needs a permission and leaves an audit event.",
    "license": {
      "name": "Apache-2.0",
      "url": "http://www.apache.org/licenses/LICENSE-2.0.html"
    }
  },
  "servers": [
    {
      "url": "/"
    }
  ],
  "paths": {
    "/v1alpha1/overview": {
      "get": {
        "operationId": "getOverview",
        "summary": "The fleet at a glance, and what needs the caller.",
        "x-slipway-permission": "slipway.read",
        "parameters": [],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Overview"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/organizations": {
      "get": {
        "operationId": "listOrganizations",
        "summary": "All organizations that the caller may see.",
        "x-slipway-permission": "slipway.read",
        "parameters": [],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "properties": {
                    "items": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/OrganizationItem"
                      }
                    }
                  },
                  "required": [
                    "items"
                  ],
                  "additionalProperties": false
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/organizations/{organization}": {
      "get": {
        "operationId": "getOrganization",
        "summary": "One organization with its services, environments, cost and what happened.",
        "x-slipway-permission": "slipway.read",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          }
        ],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/OrganizationDetails"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/policies": {
      "get": {
        "operationId": "listPolicies",
        "summary": "Policy packs with their rules, and what they hit among what the caller may see.",
        "x-slipway-permission": "slipway.read",
        "parameters": [],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "properties": {
                    "items": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/PolicyPackItem"
                      }
                    }
                  },
                  "required": [
                    "items"
                  ],
                  "additionalProperties": false
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/classes": {
      "get": {
        "operationId": "listClasses",
        "summary": "Environment classes with quota, TTL, approval and cost at a glance.",
        "x-slipway-permission": "slipway.read",
        "parameters": [],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "properties": {
                    "items": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/ClassItem"
                      }
                    }
                  },
                  "required": [
                    "items"
                  ],
                  "additionalProperties": false
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/clusters": {
      "get": {
        "operationId": "listClusters",
        "summary": "Clusters and regions, with the age of what is known of them.",
        "x-slipway-permission": "slipway.read",
        "parameters": [],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "properties": {
                    "items": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/ClusterItem"
                      }
                    }
                  },
                  "required": [
                    "items"
                  ],
                  "additionalProperties": false
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/services": {
      "get": {
        "operationId": "listServices",
        "summary": "Services that the caller may see.",
        "x-slipway-permission": "slipway.read",
        "parameters": [
          {
            "name": "organization",
            "in": "query",
            "required": false,
            "description": "Only of this organization.",
            "schema": {
              "type": "string",
              "maxLength": 63
            }
          }
        ],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "properties": {
                    "items": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/ServiceItem"
                      }
                    }
                  },
                  "required": [
                    "items"
                  ],
                  "additionalProperties": false
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/services/{organization}/{service}": {
      "get": {
        "operationId": "getService",
        "summary": "One service: its spec, file and environments.",
        "x-slipway-permission": "slipway.read",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "service",
            "in": "path",
            "required": true,
            "description": "The service.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          }
        ],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Service"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/services/{organization}/{service}/pipelines": {
      "get": {
        "operationId": "listServicePipelines",
        "summary": "Pipeline runs of the service from every engine, newest first; asks no engine.",
        "x-slipway-permission": "slipway.read",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "service",
            "in": "path",
            "required": true,
            "description": "The service.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          }
        ],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/PipelineRuns"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/services/{organization}/{service}/pipelines/{id}/logs": {
      "get": {
        "operationId": "getPipelineLogs",
        "summary": "The end of the log of one step of a run; asks the engine.",
        "x-slipway-permission": "slipway.logs.read",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "service",
            "in": "path",
            "required": true,
            "description": "The service.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "id",
            "in": "path",
            "required": true,
            "description": "Id of the run, from the list.",
            "schema": {
              "type": "string",
              "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$",
              "maxLength": 128
            }
          },
          {
            "name": "step",
            "in": "query",
            "required": false,
            "description": "Id of the step; the one that failed, else the last one with a log, when absent.",
            "schema": {
              "type": "string",
              "maxLength": 253
            }
          },
          {
            "name": "tail",
            "in": "query",
            "required": false,
            "description": "At most so many lines from the end; 200 when absent.",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 2000
            }
          }
        ],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/PipelineLogs"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/services/{organization}/{service}/pipelines/{id}/rerun": {
      "post": {
        "operationId": "rerunPipeline",
        "summary": "Runs the pipeline again as it was; the same key never makes a second run.",
        "x-slipway-permission": "slipway.pipeline.rerun",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "service",
            "in": "path",
            "required": true,
            "description": "The service.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "id",
            "in": "path",
            "required": true,
            "description": "Id of the run, from the list.",
            "schema": {
              "type": "string",
              "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$",
              "maxLength": 128
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "properties": {
                  "key": {
                    "type": "string",
                    "minLength": 1,
                    "maxLength": 128,
                    "description": "Made by whoever asks, once for each wish: a repeated request with the same key gives the same run. When absent, a run is asked for again only after its last re-run has ended."
                  }
                },
                "additionalProperties": false
              }
            }
          }
        },
        "responses": {
          "202": {
            "description": "The engine has taken it.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/AcceptedRerun"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/environments": {
      "get": {
        "operationId": "listEnvironments",
        "summary": "Environments that the caller may see.",
        "x-slipway-permission": "slipway.read",
        "parameters": [
          {
            "name": "organization",
            "in": "query",
            "required": false,
            "description": "Only of this organization.",
            "schema": {
              "type": "string",
              "maxLength": 63
            }
          },
          {
            "name": "service",
            "in": "query",
            "required": false,
            "description": "Only of this service.",
            "schema": {
              "type": "string",
              "maxLength": 63
            }
          },
          {
            "name": "state",
            "in": "query",
            "required": false,
            "description": "Only those that stand so; drifted ones whatever their road says.",
            "schema": {
              "type": "string",
              "enum": [
                "stopped",
                "waiting",
                "unknown",
                "here",
                "ahead",
                "done",
                "drifted"
              ]
            }
          },
          {
            "name": "class",
            "in": "query",
            "required": false,
            "description": "Only of this class.",
            "schema": {
              "type": "string",
              "maxLength": 63
            }
          },
          {
            "name": "cluster",
            "in": "query",
            "required": false,
            "description": "Only on this cluster.",
            "schema": {
              "type": "string",
              "maxLength": 253
            }
          },
          {
            "name": "text",
            "in": "query",
            "required": false,
            "description": "Words that all occur in the name, the class, the cluster, the owner or a revision.",
            "schema": {
              "type": "string",
              "maxLength": 200
            }
          },
          {
            "name": "sort",
            "in": "query",
            "required": false,
            "description": "The order; by name when absent. `state` puts first what needs somebody.",
            "schema": {
              "type": "string",
              "enum": [
                "name",
                "state",
                "cost",
                "changed"
              ]
            }
          },
          {
            "name": "limit",
            "in": "query",
            "required": false,
            "description": "At most so many; 500 when absent.",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 5000
            }
          },
          {
            "name": "offset",
            "in": "query",
            "required": false,
            "description": "Skip so many, to show a part of a long list; pages that must lose none take the cursor.",
            "schema": {
              "type": "integer",
              "minimum": 0,
              "maximum": 1000000
            }
          },
          {
            "name": "cursor",
            "in": "query",
            "required": false,
            "description": "Where the last page ended; belongs to the order that it was given for.",
            "schema": {
              "type": "string",
              "maxLength": 500
            }
          }
        ],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "properties": {
                    "items": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/Environment"
                      }
                    },
                    "nextCursor": {
                      "type": "string",
                      "description": "Ask with this for the next page."
                    },
                    "total": {
                      "type": "integer",
                      "description": "How many match, on all pages."
                    },
                    "cents": {
                      "type": "integer",
                      "description": "What those that match cost in a month; absent where currencies differ."
                    },
                    "currency": {
                      "type": "string"
                    },
                    "states": {
                      "type": "array",
                      "description": "How many stand where, whatever state is asked for.",
                      "items": {
                        "$ref": "#/components/schemas/StateCount"
                      }
                    }
                  },
                  "required": [
                    "items"
                  ],
                  "additionalProperties": false
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/environments/{organization}/{service}/{environment}": {
      "get": {
        "operationId": "getEnvironment",
        "summary": "One environment with its road and timeline.",
        "x-slipway-permission": "slipway.read",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "service",
            "in": "path",
            "required": true,
            "description": "The service.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "environment",
            "in": "path",
            "required": true,
            "description": "The environment.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          }
        ],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/EnvironmentDetails"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/environments/{organization}/{service}/{environment}/plan": {
      "get": {
        "operationId": "getEnvironmentPlan",
        "summary": "What is rendered for the environment now, beside what is committed.",
        "x-slipway-permission": "slipway.read",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "service",
            "in": "path",
            "required": true,
            "description": "The service.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "environment",
            "in": "path",
            "required": true,
            "description": "The environment.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          }
        ],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/EnvironmentPlan"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/environments/{organization}/{service}/{environment}/reconcile": {
      "post": {
        "operationId": "reconcileEnvironment",
        "summary": "Asks for a reconcile now.",
        "x-slipway-permission": "slipway.environment.reconcile",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "service",
            "in": "path",
            "required": true,
            "description": "The service.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "environment",
            "in": "path",
            "required": true,
            "description": "The environment.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          }
        ],
        "responses": {
          "202": {
            "description": "Queued.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Accepted"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/environments/{organization}/{service}/{environment}/approve": {
      "post": {
        "operationId": "approveEnvironment",
        "summary": "Approves exactly what was rendered, by its digest.",
        "x-slipway-permission": "slipway.change.approve",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "service",
            "in": "path",
            "required": true,
            "description": "The service.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "environment",
            "in": "path",
            "required": true,
            "description": "The environment.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "properties": {
                  "digest": {
                    "type": "string",
                    "description": "The approvalDigest that was looked at.",
                    "maxLength": 128
                  }
                },
                "required": [
                  "digest"
                ],
                "additionalProperties": false
              }
            }
          }
        },
        "responses": {
          "202": {
            "description": "Recorded and queued.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Accepted"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/environments/{organization}/{service}/{environment}/pipelines": {
      "get": {
        "operationId": "listPipelines",
        "summary": "Pipeline runs of the environment and of the service as a whole, newest first; asks no engine.",
        "x-slipway-permission": "slipway.read",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "service",
            "in": "path",
            "required": true,
            "description": "The service.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "environment",
            "in": "path",
            "required": true,
            "description": "The environment.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          }
        ],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/PipelineRuns"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/environments/{organization}/{service}/{environment}/drift": {
      "get": {
        "operationId": "getDrift",
        "summary": "What differs from what is agreed, field by field; asks no cluster.",
        "x-slipway-permission": "slipway.read",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "service",
            "in": "path",
            "required": true,
            "description": "The service.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "environment",
            "in": "path",
            "required": true,
            "description": "The environment.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          }
        ],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Drift"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/environments/{organization}/{service}/{environment}/drift/put-back": {
      "post": {
        "operationId": "putBackDrift",
        "summary": "Puts drifted objects back to what is in Git.",
        "x-slipway-permission": "slipway.drift.revert",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "service",
            "in": "path",
            "required": true,
            "description": "The service.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "environment",
            "in": "path",
            "required": true,
            "description": "The environment.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/PutBackRequest"
              }
            }
          }
        },
        "responses": {
          "202": {
            "description": "Asked for.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Accepted"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/environments/{organization}/{service}/{environment}/drift/accept": {
      "post": {
        "operationId": "acceptDrift",
        "summary": "Opens a change request that makes what was found the spec.",
        "x-slipway-permission": "slipway.drift.accept",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "service",
            "in": "path",
            "required": true,
            "description": "The service.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "environment",
            "in": "path",
            "required": true,
            "description": "The environment.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/AcceptRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/AcceptedDrift"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/environments/{organization}/{service}/{environment}/refresh": {
      "post": {
        "operationId": "refreshEnvironment",
        "summary": "Asks Argo CD to compare again, and us to look again.",
        "x-slipway-permission": "slipway.environment.refresh",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "service",
            "in": "path",
            "required": true,
            "description": "The service.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "environment",
            "in": "path",
            "required": true,
            "description": "The environment.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          }
        ],
        "responses": {
          "202": {
            "description": "Asked for.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Accepted"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/environments/{organization}/{service}/{environment}/sync": {
      "post": {
        "operationId": "syncEnvironment",
        "summary": "Asks Argo CD to sync what is in Git.",
        "x-slipway-permission": "slipway.environment.sync",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "service",
            "in": "path",
            "required": true,
            "description": "The service.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "environment",
            "in": "path",
            "required": true,
            "description": "The environment.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          }
        ],
        "responses": {
          "202": {
            "description": "Asked for.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Accepted"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/environments/{organization}/{service}/{environment}/object": {
      "get": {
        "operationId": "getObject",
        "summary": "One object as in Git and as it is, with its managers, events and containers; asks the cluster.",
        "x-slipway-permission": "slipway.read",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "service",
            "in": "path",
            "required": true,
            "description": "The service.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "environment",
            "in": "path",
            "required": true,
            "description": "The environment.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "apiVersion",
            "in": "query",
            "required": true,
            "allowReserved": true,
            "description": "Its apiVersion.",
            "schema": {
              "type": "string",
              "maxLength": 253
            }
          },
          {
            "name": "kind",
            "in": "query",
            "required": true,
            "description": "Its kind.",
            "schema": {
              "type": "string",
              "maxLength": 63
            }
          },
          {
            "name": "name",
            "in": "query",
            "required": true,
            "description": "Its name.",
            "schema": {
              "type": "string",
              "maxLength": 253
            }
          },
          {
            "name": "namespace",
            "in": "query",
            "required": false,
            "description": "Its namespace; absent for objects of the cluster.",
            "schema": {
              "type": "string",
              "maxLength": 63
            }
          }
        ],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ObjectDetails"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/environments/{organization}/{service}/{environment}/logs": {
      "get": {
        "operationId": "getLogs",
        "summary": "The end of a container's log; asks the cluster.",
        "x-slipway-permission": "slipway.logs.read",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "service",
            "in": "path",
            "required": true,
            "description": "The service.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "environment",
            "in": "path",
            "required": true,
            "description": "The environment.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "pod",
            "in": "query",
            "required": true,
            "description": "Name of the Pod.",
            "schema": {
              "type": "string",
              "maxLength": 253
            }
          },
          {
            "name": "container",
            "in": "query",
            "required": false,
            "description": "Name of the container; the first when absent.",
            "schema": {
              "type": "string",
              "maxLength": 63
            }
          },
          {
            "name": "previous",
            "in": "query",
            "required": false,
            "description": "Of the run before the last restart.",
            "schema": {
              "type": "boolean"
            }
          },
          {
            "name": "tail",
            "in": "query",
            "required": false,
            "description": "At most so many lines from the end; 200 when absent.",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 2000
            }
          }
        ],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Logs"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/environments/{organization}/{service}/{environment}/timeline": {
      "get": {
        "operationId": "listTimeline",
        "summary": "What happened to the environment, newest first.",
        "x-slipway-permission": "slipway.read",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "service",
            "in": "path",
            "required": true,
            "description": "The service.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "environment",
            "in": "path",
            "required": true,
            "description": "The environment.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "before",
            "in": "query",
            "required": false,
            "description": "Where the last page ended.",
            "schema": {
              "type": "string",
              "pattern": "^[0-9]+$",
              "maxLength": 20
            }
          },
          {
            "name": "limit",
            "in": "query",
            "required": false,
            "description": "At most so many; 100 when absent.",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 500
            }
          }
        ],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Timeline"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/services/{organization}/{service}/revisions": {
      "post": {
        "operationId": "reportRevision",
        "summary": "Tells of a revision that was built. Takes Backstage credentials, or a signature with the secret of the organization.",
        "x-slipway-permission": "slipway.revision.report",
        "security": [
          {
            "JWT": []
          },
          {
            "Signature": []
          }
        ],
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "service",
            "in": "path",
            "required": true,
            "description": "The service.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/RevisionReport"
              }
            }
          }
        },
        "responses": {
          "202": {
            "description": "Accepted",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/AcceptedRevision"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/services/{organization}/{service}/releases": {
      "get": {
        "operationId": "listReleases",
        "summary": "The releases of a service, newest first, and where each one runs.",
        "x-slipway-permission": "slipway.read",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "service",
            "in": "path",
            "required": true,
            "description": "The service.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          }
        ],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "properties": {
                    "items": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/Release"
                      }
                    }
                  },
                  "required": [
                    "items"
                  ],
                  "additionalProperties": false
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/services/{organization}/{service}/releases/{id}": {
      "get": {
        "operationId": "getRelease",
        "summary": "One release, with who, when, where it runs, and where it can go.",
        "x-slipway-permission": "slipway.read",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "service",
            "in": "path",
            "required": true,
            "description": "The service.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "id",
            "in": "path",
            "required": true,
            "description": "The release.",
            "schema": {
              "type": "string",
              "pattern": "^[0-9a-f]{12}$"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ReleaseDetails"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/environments/{organization}/{service}/{environment}/promotion": {
      "get": {
        "operationId": "getPromotion",
        "summary": "What the environment would become with what its source runs.",
        "x-slipway-permission": "slipway.read",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "service",
            "in": "path",
            "required": true,
            "description": "The service.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "environment",
            "in": "path",
            "required": true,
            "description": "The environment.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          }
        ],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Promotion"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/environments/{organization}/{service}/{environment}/promote": {
      "post": {
        "operationId": "promoteEnvironment",
        "summary": "Opens a change request with the release of the source, or updates the open one.",
        "x-slipway-permission": "slipway.environment.promote",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "service",
            "in": "path",
            "required": true,
            "description": "The service.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "environment",
            "in": "path",
            "required": true,
            "description": "The environment.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/PromoteRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/AcceptedRelease"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/environments/{organization}/{service}/{environment}/rollback": {
      "get": {
        "operationId": "getRollback",
        "summary": "What the environment would become with a release of its service.",
        "x-slipway-permission": "slipway.read",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "service",
            "in": "path",
            "required": true,
            "description": "The service.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "environment",
            "in": "path",
            "required": true,
            "description": "The environment.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "to",
            "in": "query",
            "required": true,
            "description": "The release to go back, or forward again, to.",
            "schema": {
              "type": "string",
              "pattern": "^[0-9a-f]{12}$"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Promotion"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      },
      "post": {
        "operationId": "rollBackEnvironment",
        "summary": "Goes back, or forward again, to a release of the service.",
        "x-slipway-permission": "slipway.environment.rollback",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "service",
            "in": "path",
            "required": true,
            "description": "The service.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "environment",
            "in": "path",
            "required": true,
            "description": "The environment.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/RollbackRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/AcceptedRelease"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/promotions": {
      "post": {
        "operationId": "promoteEnvironments",
        "summary": "Promotes several services in one change request.",
        "x-slipway-permission": "slipway.environment.promote",
        "parameters": [],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/PromotionsRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/AcceptedRelease"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/dispatches": {
      "post": {
        "operationId": "dispatch",
        "summary": "Takes what GitHub's repository_dispatch carries, or the general form; with Backstage credentials or a signature.",
        "x-slipway-permission": "slipway.revision.report",
        "security": [
          {
            "JWT": []
          },
          {
            "Signature": []
          }
        ],
        "parameters": [],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/DispatchRequest"
              }
            }
          }
        },
        "responses": {
          "202": {
            "description": "Accepted",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/AcceptedDispatch"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/plans": {
      "post": {
        "operationId": "createPlan",
        "summary": "What these files would do; nothing is written.",
        "x-slipway-permission": "slipway.read",
        "parameters": [],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/PlanRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Plan"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/files": {
      "get": {
        "operationId": "getFile",
        "summary": "One file of the platform repository at its head, or as an open change request has it.",
        "x-slipway-permission": "slipway.read",
        "parameters": [
          {
            "name": "path",
            "in": "query",
            "required": true,
            "description": "Its path.",
            "schema": {
              "type": "string",
              "maxLength": 512
            }
          },
          {
            "name": "subject",
            "in": "query",
            "description": "The subject of a change request, such as service/shop/checkout. The file is answered as the open change request has it, merged with the head, so that an edit of it can be added; 409 where that can't be.",
            "schema": {
              "type": "string",
              "maxLength": 300,
              "pattern": "^[a-z]+(/[a-z0-9][-a-z0-9]*)+$"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/PlatformFile"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/edits": {
      "post": {
        "operationId": "previewEdit",
        "summary": "Edits of a file of the platform repository with comments and order kept; nothing is written.",
        "x-slipway-permission": "slipway.read",
        "parameters": [],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/EditRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "properties": {
                    "path": {
                      "type": "string"
                    },
                    "before": {
                      "type": "string"
                    },
                    "after": {
                      "type": "string"
                    },
                    "problems": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/Problem"
                      }
                    }
                  },
                  "required": [
                    "path",
                    "before",
                    "after",
                    "problems"
                  ],
                  "additionalProperties": false
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/change-requests": {
      "get": {
        "operationId": "listChangeRequests",
        "summary": "Change requests, newest first.",
        "x-slipway-permission": "slipway.read",
        "parameters": [
          {
            "name": "state",
            "in": "query",
            "required": false,
            "description": "Only in this state.",
            "schema": {
              "type": "string",
              "enum": [
                "open",
                "merged",
                "closed"
              ]
            }
          },
          {
            "name": "organization",
            "in": "query",
            "required": false,
            "description": "Only of this organization.",
            "schema": {
              "type": "string",
              "maxLength": 63
            }
          }
        ],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "properties": {
                    "items": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/ChangeRequest"
                      }
                    }
                  },
                  "required": [
                    "items"
                  ],
                  "additionalProperties": false
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      },
      "post": {
        "operationId": "openChangeRequest",
        "summary": "Opens a change request, or updates the open one of the same subject.",
        "x-slipway-permission": "slipway.change.create",
        "parameters": [],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/OpenChangeRequest"
              }
            }
          }
        },
        "responses": {
          "201": {
            "description": "Opened or updated.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ChangeRequestDetails"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/change-requests/{id}": {
      "get": {
        "operationId": "getChangeRequest",
        "summary": "One change request: files, diff, plan, comments and what the caller may do.",
        "x-slipway-permission": "slipway.read",
        "parameters": [
          {
            "name": "id",
            "in": "path",
            "required": true,
            "description": "The change request.",
            "schema": {
              "type": "string",
              "maxLength": 64,
              "pattern": "^[A-Za-z0-9_-]+$"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ChangeRequestDetails"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/change-requests/{id}/comments": {
      "post": {
        "operationId": "commentChangeRequest",
        "summary": "Adds a comment.",
        "x-slipway-permission": "slipway.change.create",
        "parameters": [
          {
            "name": "id",
            "in": "path",
            "required": true,
            "description": "The change request.",
            "schema": {
              "type": "string",
              "maxLength": 64,
              "pattern": "^[A-Za-z0-9_-]+$"
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "properties": {
                  "body": {
                    "type": "string",
                    "minLength": 1,
                    "maxLength": 20000
                  }
                },
                "required": [
                  "body"
                ],
                "additionalProperties": false
              }
            }
          }
        },
        "responses": {
          "201": {
            "description": "Added.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Comment"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/change-requests/{id}/approve": {
      "post": {
        "operationId": "approveChangeRequest",
        "summary": "Approves the commit and the digests that were looked at.",
        "x-slipway-permission": "slipway.change.approve",
        "parameters": [
          {
            "name": "id",
            "in": "path",
            "required": true,
            "description": "The change request.",
            "schema": {
              "type": "string",
              "maxLength": 64,
              "pattern": "^[A-Za-z0-9_-]+$"
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "properties": {
                  "headCommit": {
                    "type": "string",
                    "description": "The commit that was looked at.",
                    "maxLength": 64
                  },
                  "comment": {
                    "type": "string",
                    "maxLength": 20000
                  }
                },
                "required": [
                  "headCommit"
                ],
                "additionalProperties": false
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ChangeRequestDetails"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/change-requests/{id}/merge": {
      "post": {
        "operationId": "mergeChangeRequest",
        "summary": "Plans again against the base, then merges.",
        "x-slipway-permission": "slipway.change.merge",
        "parameters": [
          {
            "name": "id",
            "in": "path",
            "required": true,
            "description": "The change request.",
            "schema": {
              "type": "string",
              "maxLength": 64,
              "pattern": "^[A-Za-z0-9_-]+$"
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "properties": {
                  "headCommit": {
                    "type": "string",
                    "description": "The commit that was looked at.",
                    "maxLength": 64
                  }
                },
                "required": [
                  "headCommit"
                ],
                "additionalProperties": false
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ChangeRequestDetails"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/change-requests/{id}/close": {
      "post": {
        "operationId": "closeChangeRequest",
        "summary": "Closes it without merging; nothing is left behind.",
        "x-slipway-permission": "slipway.change.create",
        "parameters": [
          {
            "name": "id",
            "in": "path",
            "required": true,
            "description": "The change request.",
            "schema": {
              "type": "string",
              "maxLength": 64,
              "pattern": "^[A-Za-z0-9_-]+$"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ChangeRequestDetails"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/adoptions/candidates": {
      "get": {
        "operationId": "listAdoptionCandidates",
        "summary": "Argo CD Applications that are not under Slipway yet, on all clusters.",
        "x-slipway-permission": "slipway.adoption.grant",
        "parameters": [],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/AdoptionCandidates"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/adoptions/preview": {
      "post": {
        "operationId": "previewAdoption",
        "summary": "Proposes the spec of what is in a namespace that was made by hand, and says what adopting it would change; nothing is written.",
        "x-slipway-permission": "slipway.adoption.grant",
        "parameters": [],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/AdoptionRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/AdoptionProposal"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/adoptions": {
      "post": {
        "operationId": "grantAdoption",
        "summary": "Releases a namespace to an organization, which may adopt it from then on.",
        "x-slipway-permission": "slipway.adoption.grant",
        "parameters": [],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/AdoptionGrant"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/AdoptionGrant"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/repositories": {
      "get": {
        "operationId": "searchRepositories",
        "summary": "Repositories that the credentials of a Git host see, by a part of their name; for an organization those of its namespace, else for the platform team alone.",
        "x-slipway-permission": "slipway.change.create",
        "parameters": [
          {
            "name": "organization",
            "in": "query",
            "required": false,
            "description": "The organization whose namespace is searched.",
            "schema": {
              "type": "string",
              "maxLength": 63
            }
          },
          {
            "name": "host",
            "in": "query",
            "required": false,
            "description": "Name and port of the host, where no organization is given.",
            "schema": {
              "type": "string",
              "maxLength": 253
            }
          },
          {
            "name": "text",
            "in": "query",
            "required": false,
            "description": "Part of the name.",
            "schema": {
              "type": "string",
              "maxLength": 255
            }
          },
          {
            "name": "cursor",
            "in": "query",
            "required": false,
            "description": "The next of the page before.",
            "schema": {
              "type": "string",
              "maxLength": 100
            }
          }
        ],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RepositoryPage"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/git-hosts": {
      "get": {
        "operationId": "listRepositoryHosts",
        "summary": "The Git hosts whose repositories can be searched, and those that can only be polled.",
        "x-slipway-permission": "slipway.read",
        "parameters": [],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RepositoryHostList"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/onboarding/preview": {
      "post": {
        "operationId": "previewOnboarding",
        "summary": "A first spec of what the repository's manifests or compose file run, and what could not be taken over; nothing is written.",
        "x-slipway-permission": "slipway.change.create",
        "parameters": [],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/OnboardingRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/OnboardingPreview"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/organizations/{organization}/bindings": {
      "get": {
        "operationId": "listBindings",
        "summary": "The repositories that are bound to an organization, and how their webhooks stand.",
        "x-slipway-permission": "slipway.read",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          }
        ],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/BindingList"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/organizations/{organization}/bindings/{binding}/ping": {
      "post": {
        "operationId": "pingBinding",
        "summary": "Has the Git host deliver something to the webhook of a bound repository now.",
        "x-slipway-permission": "slipway.change.create",
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "binding",
            "in": "path",
            "required": true,
            "description": "The RepoBinding.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          }
        ],
        "responses": {
          "202": {
            "description": "Accepted",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Binding"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/webhooks/{organization}/{binding}": {
      "post": {
        "operationId": "receiveWebhook",
        "summary": "Takes a delivery of the Git host, signed with the secret of the bound repository's webhook.",
        "x-slipway-permission": "slipway.read",
        "security": [
          {
            "Webhook": []
          }
        ],
        "parameters": [
          {
            "name": "organization",
            "in": "path",
            "required": true,
            "description": "The organization.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          },
          {
            "name": "binding",
            "in": "path",
            "required": true,
            "description": "The RepoBinding.",
            "schema": {
              "type": "string",
              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
              "maxLength": 63
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/WebhookDelivery"
              }
            }
          }
        },
        "responses": {
          "202": {
            "description": "Accepted",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/DeliveryReceipt"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/operations": {
      "get": {
        "operationId": "getOperations",
        "summary": "Queue, sources and clusters at a glance.",
        "x-slipway-permission": "slipway.operations.read",
        "parameters": [],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Operations"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/operations/queue": {
      "get": {
        "operationId": "listQueue",
        "summary": "Keys of the queue.",
        "x-slipway-permission": "slipway.operations.read",
        "parameters": [
          {
            "name": "state",
            "in": "query",
            "required": false,
            "description": "Which; dead letters when absent.",
            "schema": {
              "type": "string",
              "enum": [
                "due",
                "leased",
                "waiting",
                "dead"
              ]
            }
          }
        ],
        "responses": {
          "200": {
            "description": "OK",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "properties": {
                    "items": {
                      "type": "array",
                      "items": {
                        "$ref": "#/components/schemas/QueueItem"
                      }
                    }
                  },
                  "required": [
                    "items"
                  ],
                  "additionalProperties": false
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/operations/queue/replay": {
      "post": {
        "operationId": "replayDeadLetters",
        "summary": "Puts dead letters back into the queue.",
        "x-slipway-permission": "slipway.operations.write",
        "parameters": [],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "properties": {
                  "keys": {
                    "type": "array",
                    "items": {
                      "type": "string",
                      "maxLength": 300
                    },
                    "minItems": 1,
                    "maxItems": 500
                  }
                },
                "required": [
                  "keys"
                ],
                "additionalProperties": false
              }
            }
          }
        },
        "responses": {
          "202": {
            "description": "Queued.",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "properties": {
                    "replayed": {
                      "type": "integer"
                    }
                  },
                  "required": [
                    "replayed"
                  ],
                  "additionalProperties": false
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    },
    "/v1alpha1/operations/sources/{id}/confirm": {
      "post": {
        "operationId": "confirmHeldDeletion",
        "summary": "Confirms a deletion of many specs that was held.",
        "x-slipway-permission": "slipway.operations.write",
        "parameters": [
          {
            "name": "id",
            "in": "path",
            "required": true,
            "description": "The source.",
            "schema": {
              "type": "string",
              "maxLength": 64,
              "pattern": "^[A-Za-z0-9_-]+$"
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "properties": {
                  "commit": {
                    "type": "string",
                    "description": "The commit whose deletions were looked at.",
                    "maxLength": 64
                  }
                },
                "required": [
                  "commit"
                ],
                "additionalProperties": false
              }
            }
          }
        },
        "responses": {
          "202": {
            "description": "Queued.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Accepted"
                }
              }
            }
          },
          "default": {
            "description": "What went wrong, as problem details (RFC 9457).",
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/ProblemDetails"
                }
              }
            }
          }
        }
      }
    }
  },
  "components": {
    "schemas": {
      "AdoptionCandidates": {
        "type": "object",
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "cluster": {
                  "type": "string",
                  "description": "Where the namespace is."
                },
                "namespace": {
                  "type": "string"
                },
                "application": {
                  "type": "string"
                },
                "repository": {
                  "type": "string",
                  "description": "What it delivers from."
                },
                "path": {
                  "type": "string"
                }
              },
              "required": [
                "cluster",
                "namespace",
                "application"
              ],
              "additionalProperties": false
            }
          },
          "unavailable": {
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "cluster": {
                  "type": "string"
                },
                "message": {
                  "type": "string"
                }
              },
              "required": [
                "cluster",
                "message"
              ],
              "additionalProperties": false
            }
          }
        },
        "required": [
          "items",
          "unavailable"
        ],
        "additionalProperties": false
      },
      "AdoptionRequest": {
        "type": "object",
        "properties": {
          "cluster": {
            "type": "string",
            "maxLength": 253,
            "description": "The cluster that the namespace is on."
          },
          "namespace": {
            "type": "string",
            "maxLength": 63,
            "pattern": "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"
          },
          "application": {
            "type": "string",
            "maxLength": 253,
            "pattern": "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$",
            "description": "The Argo CD Application that delivers to it; the only one that does when absent."
          },
          "organization": {
            "type": "string",
            "maxLength": 40,
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"
          },
          "service": {
            "type": "string",
            "maxLength": 40,
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
            "description": "The name that the service is to have."
          },
          "environment": {
            "type": "string",
            "maxLength": 40,
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
            "description": "The name that the environment is to have."
          },
          "class": {
            "type": "string",
            "maxLength": 40,
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"
          },
          "owner": {
            "type": "string",
            "maxLength": 193,
            "description": "The group that owns the service; the organization's when absent."
          }
        },
        "required": [
          "cluster",
          "namespace",
          "organization",
          "service",
          "environment",
          "class"
        ],
        "additionalProperties": false
      },
      "AdoptionProposal": {
        "type": "object",
        "properties": {
          "path": {
            "type": "string",
            "description": "The file of the platform repository that the spec belongs into."
          },
          "content": {
            "type": "string",
            "description": "A ServiceSpec that leaves everything as it is."
          },
          "namespace": {
            "type": "string"
          },
          "application": {
            "type": "string"
          },
          "releasedTo": {
            "type": "string",
            "description": "The organization that may adopt the namespace; absent while nobody may."
          },
          "objects": {
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "kind": {
                  "type": "string"
                },
                "name": {
                  "type": "string"
                },
                "as": {
                  "type": "string",
                  "enum": [
                    "workload",
                    "kept",
                    "left"
                  ],
                  "description": "A workload of the spec, kept as it is, or left outside of Git."
                },
                "because": {
                  "type": "string",
                  "description": "Why it is no workload."
                }
              },
              "required": [
                "kind",
                "name",
                "as"
              ],
              "additionalProperties": false
            }
          },
          "plan": {
            "$ref": "#/components/schemas/Plan"
          }
        },
        "required": [
          "path",
          "content",
          "namespace",
          "application",
          "objects",
          "plan"
        ],
        "additionalProperties": false
      },
      "AdoptionGrant": {
        "type": "object",
        "properties": {
          "cluster": {
            "type": "string",
            "maxLength": 253
          },
          "namespace": {
            "type": "string",
            "maxLength": 63,
            "pattern": "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"
          },
          "organization": {
            "type": "string",
            "maxLength": 40,
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
            "description": "The organization that may adopt it."
          }
        },
        "required": [
          "cluster",
          "namespace",
          "organization"
        ],
        "additionalProperties": false
      },
      "RepositoryItem": {
        "type": "object",
        "description": "A repository, as its Git host lists it.",
        "properties": {
          "host": {
            "type": "string",
            "description": "Name and port of the host."
          },
          "integration": {
            "type": "string"
          },
          "owner": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "url": {
            "type": "string",
            "description": "Clone URL."
          },
          "page": {
            "type": "string"
          },
          "description": {
            "type": "string"
          },
          "defaultBranch": {
            "type": "string",
            "description": "Absent while the repository has no commit."
          },
          "archived": {
            "type": "boolean"
          },
          "fork": {
            "type": "boolean"
          },
          "private": {
            "type": "boolean"
          },
          "updatedAt": {
            "type": "string",
            "format": "date-time"
          },
          "boundTo": {
            "type": "string",
            "description": "organization/binding, where it is bound already."
          }
        },
        "required": [
          "host",
          "integration",
          "owner",
          "name",
          "url",
          "page",
          "archived",
          "fork",
          "private"
        ],
        "additionalProperties": false
      },
      "RepositoryPage": {
        "type": "object",
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/RepositoryItem"
            }
          },
          "next": {
            "type": "string",
            "description": "For the page behind this one; a short page may have one, too."
          }
        },
        "required": [
          "items"
        ],
        "additionalProperties": false
      },
      "RepositoryHostItem": {
        "type": "object",
        "properties": {
          "host": {
            "type": "string"
          },
          "integration": {
            "type": "string"
          },
          "webhooks": {
            "type": "boolean",
            "description": "Whether webhooks are installed; polling is used everywhere."
          },
          "note": {
            "type": "string",
            "description": "What there is to know of it."
          }
        },
        "required": [
          "host",
          "integration",
          "webhooks"
        ],
        "additionalProperties": false
      },
      "RepositoryHostList": {
        "type": "object",
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/RepositoryHostItem"
            }
          }
        },
        "required": [
          "items"
        ],
        "additionalProperties": false
      },
      "OnboardingRequest": {
        "type": "object",
        "properties": {
          "organization": {
            "type": "string",
            "maxLength": 40,
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"
          },
          "service": {
            "type": "string",
            "maxLength": 40,
            "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
          },
          "owner": {
            "type": "string",
            "maxLength": 193,
            "description": "The group that is to own the service; the organization's when absent."
          },
          "host": {
            "type": "string",
            "maxLength": 253,
            "description": "Name and port of the host; of an organization that is there, its own."
          },
          "repository": {
            "type": "object",
            "properties": {
              "owner": {
                "type": "string",
                "maxLength": 255,
                "pattern": "^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$"
              },
              "name": {
                "type": "string",
                "maxLength": 100,
                "pattern": "^[A-Za-z0-9_][A-Za-z0-9_.-]*$"
              },
              "branch": {
                "type": "string",
                "maxLength": 200,
                "description": "The default branch when absent."
              }
            },
            "required": [
              "owner",
              "name"
            ],
            "additionalProperties": false
          },
          "from": {
            "type": "string",
            "enum": [
              "kubernetes",
              "compose"
            ],
            "description": "Which to read where the repository has both; manifests when absent."
          }
        },
        "required": [
          "organization",
          "service",
          "repository"
        ],
        "additionalProperties": false
      },
      "NotTaken": {
        "type": "object",
        "description": "Something that the first spec does not say.",
        "properties": {
          "file": {
            "type": "string"
          },
          "line": {
            "type": "integer"
          },
          "what": {
            "type": "string"
          },
          "why": {
            "type": "string"
          }
        },
        "required": [
          "file",
          "line",
          "what",
          "why"
        ],
        "additionalProperties": false
      },
      "OnboardingPreview": {
        "type": "object",
        "properties": {
          "repository": {
            "$ref": "#/components/schemas/RepositoryItem"
          },
          "branch": {
            "type": "string"
          },
          "commit": {
            "type": "string",
            "description": "Of which the files were read; empty while there is none."
          },
          "path": {
            "type": "string",
            "description": "Where the spec would lie in the platform repository."
          },
          "content": {
            "type": "string",
            "description": "The spec as a file."
          },
          "workloads": {
            "type": "array",
            "items": {
              "type": "object",
              "additionalProperties": true
            }
          },
          "databases": {
            "type": "array",
            "items": {
              "type": "object",
              "additionalProperties": true
            }
          },
          "from": {
            "type": "string",
            "enum": [
              "kubernetes",
              "compose"
            ],
            "description": "Absent where nothing was found that runs."
          },
          "offered": {
            "type": "array",
            "description": "Which of both the repository has.",
            "items": {
              "type": "string",
              "enum": [
                "kubernetes",
                "compose"
              ]
            }
          },
          "read": {
            "type": "array",
            "description": "Files that something was taken from.",
            "items": {
              "type": "string"
            }
          },
          "notTaken": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/NotTaken"
            }
          },
          "webhook": {
            "type": "object",
            "description": "What becomes of the webhook after the merge.",
            "properties": {
              "installs": {
                "type": "boolean"
              },
              "message": {
                "type": "string"
              },
              "url": {
                "type": "string"
              }
            },
            "required": [
              "installs",
              "message"
            ],
            "additionalProperties": false
          }
        },
        "required": [
          "repository",
          "branch",
          "commit",
          "path",
          "content",
          "workloads",
          "databases",
          "offered",
          "read",
          "notTaken",
          "webhook"
        ],
        "additionalProperties": false
      },
      "WebhookCondition": {
        "type": "object",
        "properties": {
          "type": {
            "type": "string",
            "enum": [
              "WebhookInstalled",
              "WebhookReachable"
            ]
          },
          "status": {
            "type": "string",
            "enum": [
              "True",
              "False",
              "Unknown"
            ]
          },
          "reason": {
            "type": "string"
          },
          "message": {
            "type": "string"
          },
          "lastTransitionTime": {
            "type": "string",
            "format": "date-time"
          }
        },
        "required": [
          "type",
          "status",
          "reason",
          "message"
        ],
        "additionalProperties": false
      },
      "Binding": {
        "type": "object",
        "description": "A bound repository, and how its webhook stands.",
        "properties": {
          "organization": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "path": {
            "type": "string"
          },
          "repository": {
            "type": "object",
            "properties": {
              "owner": {
                "type": "string"
              },
              "name": {
                "type": "string"
              },
              "branch": {
                "type": "string"
              },
              "page": {
                "type": "string"
              }
            },
            "required": [
              "owner",
              "name",
              "branch"
            ],
            "additionalProperties": false
          },
          "pipeline": {
            "type": "string"
          },
          "conditions": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/WebhookCondition"
            }
          },
          "webhookUrl": {
            "type": "string"
          },
          "pingAskedAt": {
            "type": "string",
            "format": "date-time"
          },
          "pingAnsweredAt": {
            "type": "string",
            "format": "date-time"
          },
          "answer": {
            "type": "object",
            "description": "What the Git host got for its last delivery, where it tells.",
            "properties": {
              "at": {
                "type": "string",
                "format": "date-time"
              },
              "status": {
                "type": "integer"
              },
              "message": {
                "type": "string"
              }
            },
            "additionalProperties": false
          },
          "lastDeliveryAt": {
            "type": "string",
            "format": "date-time"
          },
          "lastEvent": {
            "type": "string"
          },
          "ping": {
            "$ref": "#/components/schemas/Allowance"
          }
        },
        "required": [
          "organization",
          "name",
          "path",
          "repository",
          "pipeline",
          "conditions",
          "ping"
        ],
        "additionalProperties": false
      },
      "BindingList": {
        "type": "object",
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Binding"
            }
          }
        },
        "required": [
          "items"
        ],
        "additionalProperties": false
      },
      "WebhookDelivery": {
        "type": "object",
        "description": "As the Git host sends it.",
        "additionalProperties": true
      },
      "DeliveryReceipt": {
        "type": "object",
        "properties": {
          "duplicate": {
            "type": "boolean",
            "description": "It came before, and counts once."
          }
        },
        "required": [
          "duplicate"
        ],
        "additionalProperties": false
      },
      "ProblemDetails": {
        "type": "object",
        "required": [
          "type",
          "title",
          "status"
        ],
        "properties": {
          "type": {
            "type": "string",
            "description": "A URI, about:blank when there is nothing more to say."
          },
          "title": {
            "type": "string"
          },
          "status": {
            "type": "integer"
          },
          "detail": {
            "type": "string"
          },
          "instance": {
            "type": "string",
            "description": "The id of this request, to quote."
          },
          "problems": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Problem"
            }
          }
        },
        "additionalProperties": true
      },
      "Problem": {
        "type": "object",
        "description": "One thing wrong with an input.",
        "properties": {
          "file": {
            "type": "string"
          },
          "line": {
            "type": "integer"
          },
          "column": {
            "type": "integer"
          },
          "path": {
            "type": "string",
            "description": "Path into the value, such as spec.workloads[0].port."
          },
          "segments": {
            "type": "array",
            "items": {
              "oneOf": [
                {
                  "type": "string"
                },
                {
                  "type": "integer"
                }
              ]
            },
            "description": "The same path in steps."
          },
          "code": {
            "type": "string",
            "description": "What kind of problem it is.",
            "enum": [
              "syntax",
              "too-large",
              "too-deep",
              "alias",
              "duplicate-key",
              "key-type",
              "empty",
              "document",
              "api-version",
              "kind",
              "location",
              "missing",
              "type",
              "unknown-key",
              "value",
              "format",
              "too-long",
              "too-short",
              "range",
              "literal-secret",
              "duplicate",
              "reference",
              "conflict",
              "cycle",
              "edit"
            ]
          },
          "severity": {
            "type": "string",
            "enum": [
              "error",
              "warning"
            ]
          },
          "message": {
            "type": "string"
          },
          "found": {
            "type": "string"
          },
          "allowed": {
            "type": "string"
          },
          "hint": {
            "type": "string"
          }
        },
        "required": [
          "path",
          "segments",
          "code",
          "severity",
          "message"
        ],
        "additionalProperties": false
      },
      "Accepted": {
        "type": "object",
        "properties": {
          "key": {
            "type": "string",
            "description": "The key that was queued."
          }
        },
        "required": [
          "key"
        ],
        "additionalProperties": false
      },
      "SourceAge": {
        "type": "object",
        "description": "How old an answer is, and of whom.",
        "properties": {
          "name": {
            "type": "string",
            "description": "Cluster or repository."
          },
          "state": {
            "type": "string",
            "enum": [
              "live",
              "stale",
              "unreachable",
              "unknown"
            ]
          },
          "asOf": {
            "type": "string",
            "description": "When it last answered.",
            "format": "date-time"
          },
          "message": {
            "type": "string"
          }
        },
        "required": [
          "name",
          "state"
        ],
        "additionalProperties": false
      },
      "OrganizationItem": {
        "type": "object",
        "properties": {
          "name": {
            "type": "string"
          },
          "displayName": {
            "type": "string"
          },
          "owner": {
            "type": "string"
          },
          "pipelineEngine": {
            "type": "string"
          },
          "services": {
            "type": "integer"
          },
          "environments": {
            "type": "integer"
          },
          "cents": {
            "type": "integer",
            "description": "Sum of the monthly estimates."
          },
          "currency": {
            "type": "string"
          },
          "problems": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Problem"
            }
          },
          "mayCreate": {
            "type": "boolean",
            "description": "Whether the caller may open changes here."
          }
        },
        "required": [
          "name",
          "displayName",
          "owner",
          "pipelineEngine",
          "services",
          "environments",
          "cents",
          "currency",
          "problems",
          "mayCreate"
        ],
        "additionalProperties": false
      },
      "StateCount": {
        "type": "object",
        "properties": {
          "state": {
            "type": "string",
            "description": "State of the first station that isn't done; `drifted` counts beside the others.",
            "enum": [
              "stopped",
              "waiting",
              "unknown",
              "here",
              "ahead",
              "done",
              "drifted"
            ]
          },
          "count": {
            "type": "integer"
          }
        },
        "required": [
          "state",
          "count"
        ],
        "additionalProperties": false
      },
      "InboxItem": {
        "type": "object",
        "description": "Something that waits for the caller.",
        "properties": {
          "id": {
            "type": "string"
          },
          "kind": {
            "type": "string",
            "enum": [
              "approval",
              "change",
              "stopped",
              "failed",
              "drifted",
              "held",
              "deadLetter"
            ]
          },
          "title": {
            "type": "string"
          },
          "detail": {
            "type": "string"
          },
          "since": {
            "type": "string",
            "format": "date-time"
          },
          "link": {
            "type": "string"
          },
          "organization": {
            "type": "string"
          }
        },
        "required": [
          "id",
          "kind",
          "title",
          "link"
        ],
        "additionalProperties": false
      },
      "OrganizationFigures": {
        "type": "object",
        "properties": {
          "name": {
            "type": "string"
          },
          "displayName": {
            "type": "string"
          },
          "environments": {
            "type": "integer"
          },
          "failing": {
            "type": "integer"
          },
          "drifted": {
            "type": "integer"
          },
          "waiting": {
            "type": "integer"
          },
          "cents": {
            "type": "integer"
          },
          "currency": {
            "type": "string"
          },
          "budgetCents": {
            "type": "integer",
            "description": "What it may cost in a month."
          }
        },
        "required": [
          "name",
          "displayName",
          "environments",
          "failing",
          "drifted",
          "waiting",
          "cents",
          "currency"
        ],
        "additionalProperties": false
      },
      "QueueStats": {
        "type": "object",
        "properties": {
          "due": {
            "type": "integer"
          },
          "leased": {
            "type": "integer"
          },
          "waiting": {
            "type": "integer"
          },
          "dead": {
            "type": "integer"
          },
          "oldestDueMs": {
            "type": "integer"
          }
        },
        "required": [
          "due",
          "leased",
          "waiting",
          "dead",
          "oldestDueMs"
        ],
        "additionalProperties": false
      },
      "Overview": {
        "type": "object",
        "description": "The fleet as the caller may see it.",
        "properties": {
          "asOf": {
            "type": "string",
            "format": "date-time"
          },
          "states": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/StateCount"
            }
          },
          "organizations": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/OrganizationFigures"
            }
          },
          "inbox": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/InboxItem"
            }
          },
          "inboxTotal": {
            "type": "integer",
            "description": "How many there are, of which the most urgent are listed."
          },
          "failing": {
            "type": "array",
            "description": "The latest that stopped; all of them are in the list of environments.",
            "items": {
              "$ref": "#/components/schemas/Environment"
            }
          },
          "drifted": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Environment"
            }
          },
          "queue": {
            "$ref": "#/components/schemas/QueueStats"
          },
          "clusters": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ClusterItem"
            }
          },
          "sources": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Source"
            }
          }
        },
        "required": [
          "asOf",
          "states",
          "organizations",
          "inbox",
          "inboxTotal",
          "failing",
          "drifted",
          "clusters"
        ],
        "additionalProperties": false
      },
      "OrganizationDetails": {
        "type": "object",
        "properties": {
          "name": {
            "type": "string"
          },
          "displayName": {
            "type": "string"
          },
          "owner": {
            "type": "string"
          },
          "pipelineEngine": {
            "type": "string"
          },
          "members": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "path": {
            "type": "string",
            "description": "File in the platform repository."
          },
          "problems": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Problem"
            }
          },
          "mayCreate": {
            "type": "boolean",
            "description": "Whether the caller may open changes here."
          },
          "cents": {
            "type": "integer"
          },
          "currency": {
            "type": "string"
          },
          "budgetCents": {
            "type": "integer"
          },
          "quota": {
            "type": "string"
          },
          "states": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/StateCount"
            }
          },
          "services": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/OrganizationService"
            }
          },
          "environments": {
            "type": "array",
            "description": "Those that need somebody first; all of them are in the list of environments.",
            "items": {
              "$ref": "#/components/schemas/Environment"
            }
          },
          "environmentTotal": {
            "type": "integer"
          },
          "changeRequests": {
            "type": "array",
            "description": "The open ones.",
            "items": {
              "$ref": "#/components/schemas/ChangeRequest"
            }
          },
          "timeline": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/TimelineEntry"
            }
          },
          "links": {
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "title": {
                  "type": "string"
                },
                "url": {
                  "type": "string"
                }
              },
              "required": [
                "title",
                "url"
              ],
              "additionalProperties": false
            }
          }
        },
        "required": [
          "name",
          "displayName",
          "owner",
          "pipelineEngine",
          "members",
          "path",
          "problems",
          "mayCreate",
          "cents",
          "currency",
          "states",
          "services",
          "environments",
          "environmentTotal",
          "changeRequests",
          "timeline",
          "links"
        ],
        "additionalProperties": false
      },
      "OrganizationService": {
        "type": "object",
        "properties": {
          "name": {
            "type": "string"
          },
          "owner": {
            "type": "string"
          },
          "description": {
            "type": "string"
          },
          "lifecycle": {
            "type": "string"
          },
          "entityRef": {
            "type": "string"
          },
          "environments": {
            "type": "integer"
          },
          "states": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/StateCount"
            }
          },
          "cents": {
            "type": "integer"
          },
          "currency": {
            "type": "string"
          },
          "problems": {
            "type": "integer",
            "description": "Errors in its file."
          }
        },
        "required": [
          "name",
          "owner",
          "lifecycle",
          "entityRef",
          "environments",
          "states",
          "cents",
          "currency",
          "problems"
        ],
        "additionalProperties": false
      },
      "PolicyHit": {
        "type": "object",
        "description": "What a rule found in an environment as it was planned last.",
        "properties": {
          "organization": {
            "type": "string"
          },
          "service": {
            "type": "string"
          },
          "environment": {
            "type": "string"
          },
          "action": {
            "type": "string",
            "enum": [
              "allow",
              "warn",
              "deny",
              "error"
            ]
          },
          "message": {
            "type": "string"
          },
          "object": {
            "type": "object",
            "properties": {
              "apiVersion": {
                "type": "string"
              },
              "kind": {
                "type": "string"
              },
              "name": {
                "type": "string"
              },
              "namespace": {
                "type": "string"
              }
            },
            "required": [
              "apiVersion",
              "kind",
              "name"
            ],
            "additionalProperties": false
          },
          "specPath": {
            "type": "string"
          },
          "line": {
            "type": "integer"
          }
        },
        "required": [
          "organization",
          "service",
          "environment",
          "action",
          "message"
        ],
        "additionalProperties": false
      },
      "PolicyRuleItem": {
        "type": "object",
        "properties": {
          "name": {
            "type": "string"
          },
          "description": {
            "type": "string"
          },
          "scope": {
            "type": "string",
            "enum": [
              "object",
              "plan"
            ]
          },
          "action": {
            "type": "string",
            "enum": [
              "allow",
              "warn",
              "deny"
            ]
          },
          "kinds": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "message": {
            "type": "string",
            "description": "The expression of the sentence that people read."
          },
          "fix": {
            "type": "string"
          },
          "expression": {
            "type": "string"
          },
          "export": {
            "type": "object",
            "description": "Whether clusters can be given the rule as a ValidatingAdmissionPolicy.",
            "properties": {
              "exported": {
                "type": "boolean"
              },
              "reason": {
                "type": "string",
                "description": "Why not, or what of it is left out."
              }
            },
            "required": [
              "exported"
            ],
            "additionalProperties": false
          },
          "hits": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/PolicyHit"
            }
          },
          "hitTotal": {
            "type": "integer",
            "description": "How many there are, of which the first are listed."
          }
        },
        "required": [
          "name",
          "scope",
          "action",
          "kinds",
          "expression",
          "export",
          "hits",
          "hitTotal"
        ],
        "additionalProperties": false
      },
      "PolicyPackItem": {
        "type": "object",
        "properties": {
          "name": {
            "type": "string"
          },
          "description": {
            "type": "string"
          },
          "path": {
            "type": "string"
          },
          "classes": {
            "type": "array",
            "description": "Classes that check with it.",
            "items": {
              "type": "string"
            }
          },
          "environments": {
            "type": "integer",
            "description": "Environments of these classes that the caller may see."
          },
          "problems": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Problem"
            }
          },
          "rules": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/PolicyRuleItem"
            }
          }
        },
        "required": [
          "name",
          "path",
          "classes",
          "environments",
          "problems",
          "rules"
        ],
        "additionalProperties": false
      },
      "ClassItem": {
        "type": "object",
        "properties": {
          "name": {
            "type": "string"
          },
          "description": {
            "type": "string"
          },
          "ttl": {
            "type": "object",
            "properties": {
              "default": {
                "type": "string"
              },
              "max": {
                "type": "string"
              }
            },
            "required": [
              "default",
              "max"
            ],
            "additionalProperties": false
          },
          "approval": {
            "type": "object",
            "properties": {
              "required": {
                "type": "boolean"
              },
              "count": {
                "type": "integer"
              },
              "groups": {
                "type": "array",
                "items": {
                  "type": "string"
                }
              },
              "on": {
                "type": "string"
              }
            },
            "required": [
              "required",
              "count",
              "groups",
              "on"
            ],
            "additionalProperties": false
          },
          "quota": {
            "type": "object",
            "properties": {
              "name": {
                "type": "string"
              },
              "hard": {
                "type": "object",
                "additionalProperties": {
                  "type": "string"
                }
              }
            },
            "required": [
              "name",
              "hard"
            ],
            "additionalProperties": false
          },
          "policies": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "delivery": {
            "type": "string"
          },
          "selfHeal": {
            "type": "boolean"
          },
          "retainDatabases": {
            "type": "boolean"
          },
          "base": {
            "type": "object",
            "properties": {
              "cents": {
                "type": "integer"
              },
              "currency": {
                "type": "string"
              }
            },
            "required": [
              "cents",
              "currency"
            ],
            "additionalProperties": false
          },
          "regions": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "clusters": {
            "type": "array",
            "items": {
              "type": "string",
              "description": "Clusters whose region the class allows, in order."
            }
          }
        },
        "required": [
          "name",
          "description",
          "approval",
          "quota",
          "policies",
          "delivery",
          "selfHeal",
          "retainDatabases",
          "base",
          "regions",
          "clusters"
        ],
        "additionalProperties": false
      },
      "ClusterItem": {
        "type": "object",
        "properties": {
          "name": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "region": {
            "type": "string"
          },
          "sandbox": {
            "type": "boolean",
            "description": "Embedded stand-in, not a real cluster."
          },
          "argocd": {
            "type": "object",
            "properties": {
              "cluster": {
                "type": "string"
              },
              "namespace": {
                "type": "string"
              }
            },
            "required": [
              "cluster",
              "namespace"
            ],
            "additionalProperties": false
          },
          "version": {
            "type": "string"
          },
          "age": {
            "$ref": "#/components/schemas/SourceAge"
          }
        },
        "required": [
          "name",
          "title",
          "sandbox",
          "argocd",
          "age"
        ],
        "additionalProperties": false
      },
      "ServiceItem": {
        "type": "object",
        "properties": {
          "organization": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "owner": {
            "type": "string"
          },
          "description": {
            "type": "string"
          },
          "lifecycle": {
            "type": "string"
          },
          "path": {
            "type": "string"
          },
          "environments": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "problems": {
            "type": "integer"
          }
        },
        "required": [
          "organization",
          "name",
          "owner",
          "lifecycle",
          "path",
          "environments",
          "problems"
        ],
        "additionalProperties": false
      },
      "Service": {
        "type": "object",
        "properties": {
          "organization": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "path": {
            "type": "string",
            "description": "File in the platform repository."
          },
          "commit": {
            "type": "string"
          },
          "text": {
            "type": "string",
            "description": "The file as it is."
          },
          "spec": {
            "type": "object",
            "additionalProperties": true,
            "description": "The ServiceSpec, normalised."
          },
          "problems": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Problem"
            }
          },
          "environments": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Environment"
            }
          },
          "entityRef": {
            "type": "string"
          },
          "openChangeRequest": {
            "type": "string",
            "description": "Id of an open change request that touches it."
          },
          "cents": {
            "type": "integer"
          },
          "currency": {
            "type": "string"
          }
        },
        "required": [
          "organization",
          "name",
          "path",
          "commit",
          "text",
          "problems",
          "environments",
          "entityRef",
          "cents",
          "currency"
        ],
        "additionalProperties": false
      },
      "Condition": {
        "type": "object",
        "properties": {
          "type": {
            "type": "string"
          },
          "status": {
            "type": "string",
            "enum": [
              "True",
              "False",
              "Unknown"
            ]
          },
          "reason": {
            "type": "string"
          },
          "message": {
            "type": "string"
          },
          "observedGeneration": {
            "type": "integer"
          },
          "lastTransitionTime": {
            "type": "string",
            "format": "date-time"
          }
        },
        "required": [
          "type",
          "status",
          "reason",
          "message",
          "observedGeneration",
          "lastTransitionTime"
        ],
        "additionalProperties": false
      },
      "Environment": {
        "type": "object",
        "description": "An environment and where it stands on its road.",
        "properties": {
          "organization": {
            "type": "string"
          },
          "service": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "class": {
            "type": "string"
          },
          "cluster": {
            "type": "string"
          },
          "region": {
            "type": "string"
          },
          "sandbox": {
            "type": "boolean"
          },
          "namespace": {
            "type": "string"
          },
          "phase": {
            "type": "string"
          },
          "owner": {
            "type": "string"
          },
          "promoteFrom": {
            "type": "string",
            "description": "The environment that its releases come from; absent where they come from CI."
          },
          "conditions": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Condition"
            }
          },
          "release": {
            "type": "object",
            "additionalProperties": {
              "type": "object",
              "properties": {
                "revision": {
                  "type": "string"
                },
                "digest": {
                  "type": "string"
                }
              },
              "required": [
                "revision"
              ],
              "additionalProperties": false
            }
          },
          "syncedRevision": {
            "type": "string",
            "description": "Commit of the GitOps repository that runs."
          },
          "commit": {
            "type": "string",
            "description": "Commit of the GitOps repository that was written last."
          },
          "gates": {
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "workload": {
                  "type": "string"
                },
                "open": {
                  "type": "boolean"
                },
                "revision": {
                  "type": "string"
                }
              },
              "required": [
                "workload",
                "open"
              ],
              "additionalProperties": false
            }
          },
          "digest": {
            "type": "string"
          },
          "approvalDigest": {
            "type": "string"
          },
          "cents": {
            "type": "integer"
          },
          "currency": {
            "type": "string"
          },
          "drift": {
            "$ref": "#/components/schemas/DriftSummary"
          },
          "source": {
            "$ref": "#/components/schemas/SourceAge"
          },
          "updatedAt": {
            "type": "string",
            "format": "date-time"
          },
          "lastChange": {
            "type": "object",
            "properties": {
              "author": {
                "type": "string"
              },
              "at": {
                "type": "string",
                "format": "date-time"
              },
              "commit": {
                "type": "string"
              }
            },
            "required": [
              "at",
              "commit"
            ],
            "additionalProperties": false
          }
        },
        "required": [
          "organization",
          "service",
          "name",
          "class",
          "cluster",
          "sandbox",
          "namespace",
          "phase",
          "owner",
          "conditions",
          "release",
          "gates",
          "cents",
          "currency",
          "source",
          "updatedAt"
        ]
      },
      "TimelineEntry": {
        "type": "object",
        "properties": {
          "id": {
            "type": "string"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "type": {
            "type": "string"
          },
          "reason": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "actor": {
            "type": "string"
          },
          "correlation": {
            "type": "string",
            "description": "Change request, commit or revision that joins rows."
          },
          "link": {
            "type": "string"
          },
          "data": {
            "type": "object",
            "additionalProperties": true
          }
        },
        "required": [
          "id",
          "at",
          "type",
          "title"
        ],
        "additionalProperties": false
      },
      "LiveObject": {
        "type": "object",
        "properties": {
          "apiVersion": {
            "type": "string"
          },
          "kind": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "namespace": {
            "type": "string"
          },
          "health": {
            "type": "string",
            "enum": [
              "Healthy",
              "Progressing",
              "Degraded",
              "Suspended",
              "Missing",
              "Unknown"
            ]
          },
          "sync": {
            "type": "string"
          },
          "message": {
            "type": "string"
          },
          "reason": {
            "type": "string",
            "description": "Row of the table of reasons; says why and what next."
          },
          "owner": {
            "type": "string",
            "description": "uid of the owner."
          },
          "uid": {
            "type": "string"
          },
          "createdAt": {
            "type": "string",
            "format": "date-time"
          }
        },
        "required": [
          "apiVersion",
          "kind",
          "name",
          "health"
        ],
        "additionalProperties": false
      },
      "Allowance": {
        "type": "object",
        "description": "Whether the caller may do something now, and if not, why.",
        "properties": {
          "allowed": {
            "type": "boolean"
          },
          "reason": {
            "type": "string"
          }
        },
        "required": [
          "allowed"
        ],
        "additionalProperties": false
      },
      "EnvironmentAllowed": {
        "type": "object",
        "description": "What the caller may ask of the environment.",
        "properties": {
          "reconcile": {
            "$ref": "#/components/schemas/Allowance"
          },
          "approve": {
            "$ref": "#/components/schemas/Allowance"
          },
          "refresh": {
            "$ref": "#/components/schemas/Allowance"
          },
          "sync": {
            "$ref": "#/components/schemas/Allowance"
          },
          "putBack": {
            "$ref": "#/components/schemas/Allowance"
          },
          "accept": {
            "$ref": "#/components/schemas/Allowance"
          },
          "rerun": {
            "$ref": "#/components/schemas/Allowance"
          },
          "logs": {
            "$ref": "#/components/schemas/Allowance"
          },
          "promote": {
            "$ref": "#/components/schemas/Allowance"
          },
          "rollback": {
            "$ref": "#/components/schemas/Allowance"
          }
        },
        "required": [
          "reconcile",
          "approve",
          "refresh",
          "sync",
          "putBack",
          "accept",
          "rerun",
          "logs",
          "promote",
          "rollback"
        ],
        "additionalProperties": false
      },
      "DriftSummary": {
        "type": "object",
        "description": "Whether an environment differs from what is agreed, at a glance.",
        "properties": {
          "state": {
            "type": "string",
            "enum": [
              "none",
              "drifted",
              "unknown"
            ]
          },
          "objects": {
            "type": "integer"
          },
          "fields": {
            "type": "integer"
          },
          "checkedAt": {
            "type": "string",
            "format": "date-time"
          },
          "since": {
            "type": "string",
            "description": "When the drift was first seen.",
            "format": "date-time"
          }
        },
        "required": [
          "state",
          "objects",
          "fields"
        ],
        "additionalProperties": false
      },
      "ObjectRef": {
        "type": "object",
        "description": "Names one object of a cluster.",
        "properties": {
          "apiVersion": {
            "type": "string",
            "maxLength": 253
          },
          "kind": {
            "type": "string",
            "maxLength": 63
          },
          "namespace": {
            "type": "string",
            "maxLength": 63
          },
          "name": {
            "type": "string",
            "maxLength": 253
          }
        },
        "required": [
          "apiVersion",
          "kind",
          "name"
        ],
        "additionalProperties": false
      },
      "DriftAcceptance": {
        "type": "object",
        "description": "Whether the found value can become the spec, where it would stand, or why not.",
        "properties": {
          "possible": {
            "type": "boolean"
          },
          "reason": {
            "type": "string"
          },
          "file": {
            "type": "string",
            "description": "File of the platform repository."
          },
          "specPath": {
            "type": "string"
          },
          "line": {
            "type": "integer"
          }
        },
        "required": [
          "possible"
        ],
        "additionalProperties": false
      },
      "DriftedField": {
        "type": "object",
        "properties": {
          "path": {
            "type": "string",
            "description": "For people, such as spec.template.spec.containers[name=web].image."
          },
          "segments": {
            "type": "array",
            "items": {
              "oneOf": [
                {
                  "type": "string"
                },
                {
                  "type": "integer"
                }
              ]
            }
          },
          "wanted": {
            "description": "As in Git; absent where Git says nothing. Values of Secrets are never shown."
          },
          "found": {
            "description": "As in the cluster; absent where it has nothing."
          },
          "why": {
            "type": "string",
            "enum": [
              "changed",
              "foreign",
              "missing"
            ]
          },
          "manager": {
            "type": "string",
            "description": "Field manager that set it, as the API server names it."
          },
          "tool": {
            "type": "string",
            "description": "The manager in people's words, such as kubectl edit."
          },
          "user": {
            "type": "string",
            "description": "Only where an audit source knows one."
          },
          "operation": {
            "type": "string",
            "enum": [
              "Apply",
              "Update"
            ]
          },
          "since": {
            "type": "string",
            "description": "When that manager last wrote.",
            "format": "date-time"
          },
          "accept": {
            "$ref": "#/components/schemas/DriftAcceptance"
          }
        },
        "required": [
          "path",
          "segments",
          "why",
          "accept"
        ],
        "additionalProperties": false
      },
      "DriftedObject": {
        "type": "object",
        "properties": {
          "apiVersion": {
            "type": "string"
          },
          "kind": {
            "type": "string"
          },
          "namespace": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "missing": {
            "type": "boolean",
            "description": "It is in Git and not in the cluster."
          },
          "part": {
            "type": "string",
            "description": "Who applies it; Slipway applies platform, Argo CD workload.",
            "enum": [
              "platform",
              "workload"
            ]
          },
          "fields": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/DriftedField"
            }
          }
        },
        "required": [
          "apiVersion",
          "kind",
          "name",
          "missing",
          "part",
          "fields"
        ],
        "additionalProperties": false
      },
      "Drift": {
        "type": "object",
        "description": "What differs from what is agreed, as it was last looked at.",
        "properties": {
          "state": {
            "type": "string",
            "enum": [
              "none",
              "drifted",
              "unknown"
            ]
          },
          "checkedAt": {
            "type": "string",
            "description": "When it was last looked at.",
            "format": "date-time"
          },
          "since": {
            "type": "string",
            "description": "When the drift was first seen.",
            "format": "date-time"
          },
          "message": {
            "type": "string"
          },
          "source": {
            "$ref": "#/components/schemas/SourceAge"
          },
          "argocd": {
            "type": "object",
            "description": "What Argo CD says, and why it says something else than we do.",
            "properties": {
              "sync": {
                "type": "string"
              },
              "agrees": {
                "type": "boolean"
              },
              "why": {
                "type": "string"
              }
            },
            "required": [
              "sync",
              "agrees"
            ],
            "additionalProperties": false
          },
          "selfHeal": {
            "type": "boolean",
            "description": "Whether Argo CD puts drift back by itself."
          },
          "objects": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/DriftedObject"
            }
          },
          "allowed": {
            "type": "object",
            "properties": {
              "putBack": {
                "$ref": "#/components/schemas/Allowance"
              },
              "accept": {
                "$ref": "#/components/schemas/Allowance"
              }
            },
            "required": [
              "putBack",
              "accept"
            ],
            "additionalProperties": false
          }
        },
        "required": [
          "state",
          "source",
          "selfHeal",
          "objects",
          "allowed"
        ],
        "additionalProperties": false
      },
      "PutBackRequest": {
        "type": "object",
        "properties": {
          "objects": {
            "type": "array",
            "description": "Only these; all that drifted when absent.",
            "items": {
              "$ref": "#/components/schemas/ObjectRef"
            },
            "minItems": 1,
            "maxItems": 200
          }
        },
        "additionalProperties": false
      },
      "AcceptRequest": {
        "type": "object",
        "properties": {
          "fields": {
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "apiVersion": {
                  "type": "string",
                  "maxLength": 253
                },
                "kind": {
                  "type": "string",
                  "maxLength": 63
                },
                "namespace": {
                  "type": "string",
                  "maxLength": 63
                },
                "name": {
                  "type": "string",
                  "maxLength": 253
                },
                "path": {
                  "type": "string",
                  "description": "As the drift list names it.",
                  "maxLength": 2000
                }
              },
              "required": [
                "apiVersion",
                "kind",
                "name",
                "path"
              ],
              "additionalProperties": false
            },
            "minItems": 1,
            "maxItems": 200
          }
        },
        "required": [
          "fields"
        ],
        "additionalProperties": false
      },
      "AcceptedDrift": {
        "type": "object",
        "properties": {
          "id": {
            "type": "string",
            "description": "The change request."
          },
          "created": {
            "type": "boolean",
            "description": "False when an open one was updated."
          }
        },
        "required": [
          "id",
          "created"
        ],
        "additionalProperties": false
      },
      "AcceptedRevision": {
        "type": "object",
        "description": "Where a reported revision goes, and where not.",
        "properties": {
          "id": {
            "type": "string",
            "description": "The release; absent when no workload takes the revision."
          },
          "accepted": {
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "environment": {
                  "type": "string"
                },
                "workload": {
                  "type": "string"
                }
              },
              "required": [
                "environment",
                "workload"
              ],
              "additionalProperties": false
            }
          },
          "ignored": {
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "environment": {
                  "type": "string"
                },
                "workload": {
                  "type": "string"
                },
                "reason": {
                  "type": "string"
                }
              },
              "required": [
                "environment",
                "workload",
                "reason"
              ],
              "additionalProperties": false
            }
          }
        },
        "required": [
          "accepted",
          "ignored"
        ],
        "additionalProperties": false
      },
      "RevisionReport": {
        "type": "object",
        "properties": {
          "revision": {
            "type": "string",
            "description": "The commit that was built, in full.",
            "maxLength": 200
          },
          "digest": {
            "type": "string",
            "description": "Digest of the image, or the image with its digest; the same repository as in the spec.",
            "maxLength": 500
          },
          "branch": {
            "type": "string",
            "description": "The branch that was built; workloads of other branches ignore it, and so does every workload with a source where it is absent.",
            "maxLength": 255
          },
          "repository": {
            "type": "string",
            "description": "The repository that was built, as owner/name or URL; workloads of other repositories ignore it.",
            "maxLength": 1000
          },
          "workloads": {
            "type": "array",
            "description": "Those that were built; all that fit when absent.",
            "maxItems": 100,
            "items": {
              "type": "string"
            }
          },
          "environments": {
            "type": "array",
            "description": "Those that shall get it; all that take revisions when absent.",
            "maxItems": 100,
            "items": {
              "type": "string"
            }
          },
          "createdAt": {
            "type": "string",
            "format": "date-time",
            "description": "When the commit was made. An older one never takes the place of a newer one, however late it comes."
          },
          "url": {
            "type": "string",
            "description": "The run that built it.",
            "maxLength": 2000
          },
          "message": {
            "type": "string",
            "description": "First line of the commit.",
            "maxLength": 1000
          }
        },
        "required": [
          "revision"
        ],
        "additionalProperties": false
      },
      "ReleaseWorkload": {
        "type": "object",
        "properties": {
          "name": {
            "type": "string"
          },
          "revision": {
            "type": "string"
          },
          "digest": {
            "type": "string"
          }
        },
        "required": [
          "name",
          "revision"
        ],
        "additionalProperties": false
      },
      "ReleasePlace": {
        "type": "object",
        "description": "An environment that runs a release, or is on its way to it.",
        "properties": {
          "environment": {
            "type": "string"
          },
          "state": {
            "type": "string",
            "enum": [
              "running",
              "rolling-out",
              "unhealthy",
              "waiting",
              "unknown"
            ],
            "description": "waiting is accepted, but not in Git yet."
          },
          "since": {
            "type": "string",
            "format": "date-time"
          }
        },
        "required": [
          "environment",
          "state"
        ],
        "additionalProperties": false
      },
      "Release": {
        "type": "object",
        "description": "Revisions of workloads that belong together.",
        "properties": {
          "id": {
            "type": "string"
          },
          "revision": {
            "type": "string",
            "description": "The revision of its workloads, or of the first one where they differ."
          },
          "workloads": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ReleaseWorkload"
            }
          },
          "by": {
            "type": "string",
            "description": "Who reported or asked for it first."
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "from": {
            "type": "string",
            "description": "The environment that it was promoted from, where it was not reported."
          },
          "where": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ReleasePlace"
            }
          },
          "message": {
            "type": "string"
          },
          "url": {
            "type": "string"
          }
        },
        "required": [
          "id",
          "revision",
          "workloads",
          "at",
          "where"
        ],
        "additionalProperties": false
      },
      "ReleaseDetails": {
        "type": "object",
        "properties": {
          "organization": {
            "type": "string"
          },
          "service": {
            "type": "string"
          },
          "release": {
            "$ref": "#/components/schemas/Release"
          },
          "branch": {
            "type": "string"
          },
          "repository": {
            "type": "string"
          },
          "createdAt": {
            "type": "string",
            "format": "date-time",
            "description": "When the commit was made, as whoever reported it says."
          },
          "targets": {
            "type": "array",
            "description": "Environments of the service, and whether each can go to this release.",
            "items": {
              "type": "object",
              "properties": {
                "environment": {
                  "type": "string"
                },
                "rollback": {
                  "$ref": "#/components/schemas/Allowance"
                }
              },
              "required": [
                "environment",
                "rollback"
              ],
              "additionalProperties": false
            }
          },
          "timeline": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/TimelineEntry"
            }
          }
        },
        "required": [
          "organization",
          "service",
          "release",
          "targets",
          "timeline"
        ],
        "additionalProperties": false
      },
      "Promotion": {
        "type": "object",
        "description": "What an environment would become with another release.",
        "properties": {
          "organization": {
            "type": "string"
          },
          "service": {
            "type": "string"
          },
          "environment": {
            "type": "string"
          },
          "from": {
            "type": "string",
            "description": "The environment whose release it is; absent for a rollback."
          },
          "allowed": {
            "$ref": "#/components/schemas/Allowance"
          },
          "blocked": {
            "type": "object",
            "properties": {
              "reason": {
                "type": "string",
                "enum": [
                  "NoSource",
                  "NothingToPromote",
                  "SourceNotHealthy",
                  "SourceOnItsWay",
                  "SameRelease",
                  "TargetIsNewer",
                  "PolicyDenied",
                  "CannotPlan",
                  "Pinned",
                  "UnknownRelease"
                ]
              },
              "message": {
                "type": "string"
              }
            },
            "required": [
              "reason",
              "message"
            ],
            "additionalProperties": false
          },
          "release": {
            "$ref": "#/components/schemas/Release"
          },
          "current": {
            "$ref": "#/components/schemas/Release"
          },
          "diff": {
            "$ref": "#/components/schemas/EnvironmentPlan"
          },
          "direct": {
            "type": "boolean",
            "description": "Whether it goes without a change request; the class says so."
          },
          "warnings": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "changeRequest": {
            "type": "object",
            "description": "The open one of this environment.",
            "properties": {
              "id": {
                "type": "string"
              },
              "number": {
                "type": "integer"
              },
              "url": {
                "type": "string"
              }
            },
            "required": [
              "id",
              "number"
            ],
            "additionalProperties": false
          }
        },
        "required": [
          "organization",
          "service",
          "environment",
          "allowed",
          "direct",
          "warnings"
        ],
        "additionalProperties": false
      },
      "PromoteRequest": {
        "type": "object",
        "properties": {
          "digest": {
            "type": "string",
            "description": "The digest of the diff that was looked at; refused when it is another one by now."
          },
          "message": {
            "type": "string",
            "maxLength": 1000
          }
        },
        "additionalProperties": false
      },
      "RollbackRequest": {
        "type": "object",
        "properties": {
          "to": {
            "type": "string",
            "pattern": "^[0-9a-f]{12}$"
          },
          "digest": {
            "type": "string",
            "description": "The digest of the diff that was looked at; refused when it is another one by now."
          },
          "message": {
            "type": "string",
            "maxLength": 1000
          }
        },
        "required": [
          "to"
        ],
        "additionalProperties": false
      },
      "PromotionsRequest": {
        "type": "object",
        "properties": {
          "items": {
            "type": "array",
            "minItems": 1,
            "maxItems": 50,
            "items": {
              "type": "object",
              "properties": {
                "organization": {
                  "type": "string"
                },
                "service": {
                  "type": "string"
                },
                "environment": {
                  "type": "string"
                },
                "digest": {
                  "type": "string"
                }
              },
              "required": [
                "organization",
                "service",
                "environment"
              ],
              "additionalProperties": false
            }
          },
          "message": {
            "type": "string",
            "maxLength": 1000
          }
        },
        "required": [
          "items"
        ],
        "additionalProperties": false
      },
      "AcceptedRelease": {
        "type": "object",
        "properties": {
          "id": {
            "type": "string",
            "description": "The change request; absent when it goes without one."
          },
          "created": {
            "type": "boolean",
            "description": "False when an open one was updated, or nothing was left to do."
          },
          "direct": {
            "type": "boolean",
            "description": "Whether it goes without a change request."
          }
        },
        "required": [
          "created",
          "direct"
        ],
        "additionalProperties": false
      },
      "DispatchRequest": {
        "type": "object",
        "description": "Either event_type and client_payload, or path, action and spec with what was built beside it.",
        "properties": {
          "event_type": {
            "type": "string",
            "maxLength": 100
          },
          "client_payload": {
            "type": "object",
            "additionalProperties": true
          },
          "path": {
            "type": "string",
            "maxLength": 500
          },
          "action": {
            "type": "string",
            "maxLength": 50
          },
          "spec": {
            "type": "object",
            "description": "What is merged. git.hash, or image.revision, of a workload is a report of what was built.",
            "additionalProperties": true
          },
          "branch": {
            "type": "string",
            "description": "The branch that was built, where spec.git doesn't name it.",
            "maxLength": 255
          },
          "repository": {
            "type": "string",
            "description": "The repository that was built, where spec.git doesn't name it.",
            "maxLength": 1000
          }
        },
        "additionalProperties": false
      },
      "AcceptedDispatch": {
        "type": "object",
        "properties": {
          "key": {
            "type": "string",
            "description": "The key that was queued, when the dispatch edits a spec."
          },
          "revision": {
            "$ref": "#/components/schemas/AcceptedRevision"
          }
        },
        "additionalProperties": false
      },
      "ObjectDetails": {
        "type": "object",
        "properties": {
          "ref": {
            "$ref": "#/components/schemas/ObjectRef"
          },
          "wanted": {
            "type": "string",
            "description": "YAML as in Git."
          },
          "wantedPath": {
            "type": "string",
            "description": "Its file in the GitOps repository."
          },
          "live": {
            "type": "string",
            "description": "YAML as in the cluster, without managedFields; values of Secrets are \"(hidden)\"."
          },
          "managers": {
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "manager": {
                  "type": "string"
                },
                "tool": {
                  "type": "string"
                },
                "operation": {
                  "type": "string"
                },
                "subresource": {
                  "type": "string"
                },
                "time": {
                  "type": "string",
                  "format": "date-time"
                },
                "fields": {
                  "type": "integer"
                }
              },
              "required": [
                "manager",
                "operation",
                "fields"
              ],
              "additionalProperties": false
            }
          },
          "events": {
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "type": {
                  "type": "string"
                },
                "reason": {
                  "type": "string"
                },
                "message": {
                  "type": "string"
                },
                "count": {
                  "type": "integer"
                },
                "firstSeen": {
                  "type": "string",
                  "format": "date-time"
                },
                "lastSeen": {
                  "type": "string",
                  "format": "date-time"
                },
                "source": {
                  "type": "string"
                }
              },
              "required": [
                "type",
                "reason",
                "message",
                "count"
              ],
              "additionalProperties": false
            }
          },
          "containers": {
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "name": {
                  "type": "string"
                },
                "init": {
                  "type": "boolean"
                },
                "state": {
                  "type": "string"
                },
                "ready": {
                  "type": "boolean"
                },
                "restarts": {
                  "type": "integer"
                },
                "message": {
                  "type": "string"
                }
              },
              "required": [
                "name",
                "init",
                "state",
                "ready",
                "restarts"
              ],
              "additionalProperties": false
            }
          },
          "source": {
            "$ref": "#/components/schemas/SourceAge"
          }
        },
        "required": [
          "ref",
          "managers",
          "events",
          "source"
        ],
        "additionalProperties": false
      },
      "Logs": {
        "type": "object",
        "properties": {
          "pod": {
            "type": "string"
          },
          "container": {
            "type": "string"
          },
          "containers": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "lines": {
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "at": {
                  "type": "string",
                  "format": "date-time"
                },
                "text": {
                  "type": "string"
                }
              },
              "required": [
                "text"
              ],
              "additionalProperties": false
            }
          },
          "truncated": {
            "type": "boolean",
            "description": "There is more before the first line."
          }
        },
        "required": [
          "pod",
          "container",
          "containers",
          "lines",
          "truncated"
        ],
        "additionalProperties": false
      },
      "Timeline": {
        "type": "object",
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/TimelineEntry"
            }
          },
          "nextCursor": {
            "type": "string",
            "description": "Ask with this as `before` for the next page."
          }
        },
        "required": [
          "items"
        ],
        "additionalProperties": false
      },
      "EnvironmentDetails": {
        "allOf": [
          {
            "$ref": "#/components/schemas/Environment"
          },
          {
            "type": "object",
            "required": [
              "timeline",
              "objects",
              "argocd",
              "gitops",
              "allowed"
            ],
            "properties": {
              "allowed": {
                "$ref": "#/components/schemas/EnvironmentAllowed"
              },
              "timeline": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/TimelineEntry"
                }
              },
              "objects": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/LiveObject"
                }
              },
              "warnings": {
                "type": "array",
                "description": "What its cluster warned of lately, newest first.",
                "items": {
                  "$ref": "#/components/schemas/Warning"
                }
              },
              "argocd": {
                "type": "object",
                "properties": {
                  "cluster": {
                    "type": "string"
                  },
                  "namespace": {
                    "type": "string"
                  },
                  "application": {
                    "type": "string"
                  },
                  "url": {
                    "type": "string",
                    "description": "The Application's page in Argo CD, where its address is configured."
                  }
                },
                "required": [
                  "cluster",
                  "namespace",
                  "application"
                ],
                "additionalProperties": false
              },
              "gitops": {
                "type": "object",
                "properties": {
                  "repository": {
                    "type": "string"
                  },
                  "folder": {
                    "type": "string"
                  }
                },
                "required": [
                  "repository",
                  "folder"
                ],
                "additionalProperties": false
              }
            }
          }
        ]
      },
      "Warning": {
        "type": "object",
        "description": "An event of a cluster about an object that something is wrong with.",
        "properties": {
          "cluster": {
            "type": "string"
          },
          "kind": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "reason": {
            "type": "string"
          },
          "message": {
            "type": "string"
          },
          "count": {
            "type": "integer"
          },
          "firstSeen": {
            "type": "string",
            "format": "date-time"
          },
          "lastSeen": {
            "type": "string",
            "format": "date-time"
          },
          "source": {
            "type": "string"
          }
        },
        "required": [
          "cluster",
          "kind",
          "name",
          "reason",
          "message",
          "count"
        ],
        "additionalProperties": false
      },
      "PipelineRun": {
        "type": "object",
        "description": "One run of a pipeline, whatever the engine.",
        "properties": {
          "id": {
            "type": "string",
            "description": "Unique in the engine."
          },
          "engine": {
            "type": "string",
            "enum": [
              "tekton",
              "argo-workflows",
              "github-actions"
            ]
          },
          "name": {
            "type": "string"
          },
          "state": {
            "type": "string",
            "enum": [
              "queued",
              "running",
              "succeeded",
              "failed",
              "cancelled",
              "unknown"
            ]
          },
          "environment": {
            "type": "string",
            "description": "The environment that it is for; absent when it is for the service as a whole."
          },
          "byUs": {
            "type": "boolean",
            "description": "It carries Slipway's labels; false when it was found by those of others or by its repository."
          },
          "pipeline": {
            "type": "string",
            "description": "Name of the pipeline or workflow that ran."
          },
          "revision": {
            "type": "string"
          },
          "branch": {
            "type": "string"
          },
          "trigger": {
            "type": "string",
            "description": "What started it, in the engine's words."
          },
          "url": {
            "type": "string",
            "description": "Its page in the engine's own interface."
          },
          "createdAt": {
            "type": "string",
            "format": "date-time"
          },
          "startedAt": {
            "type": "string",
            "format": "date-time"
          },
          "finishedAt": {
            "type": "string",
            "format": "date-time"
          },
          "message": {
            "type": "string",
            "description": "Why it failed, the failing step's words first."
          },
          "failedStep": {
            "type": "string",
            "description": "Id of the first step that failed."
          },
          "cluster": {
            "type": "string"
          },
          "namespace": {
            "type": "string"
          },
          "sandbox": {
            "type": "boolean"
          },
          "rerunOf": {
            "type": "string",
            "description": "Id of the run that this one repeats."
          },
          "attempt": {
            "type": "integer",
            "description": "Which attempt it is, where the engine repeats a run in place."
          },
          "steps": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/PipelineStep"
            }
          },
          "rerun": {
            "$ref": "#/components/schemas/Allowance"
          }
        },
        "required": [
          "id",
          "engine",
          "name",
          "state",
          "byUs",
          "sandbox",
          "steps",
          "rerun"
        ],
        "additionalProperties": false
      },
      "PipelineStep": {
        "type": "object",
        "properties": {
          "id": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "task": {
            "type": "string",
            "description": "The task or job that it belongs to."
          },
          "state": {
            "type": "string",
            "enum": [
              "queued",
              "running",
              "succeeded",
              "failed",
              "cancelled",
              "skipped",
              "unknown"
            ]
          },
          "startedAt": {
            "type": "string",
            "format": "date-time"
          },
          "finishedAt": {
            "type": "string",
            "format": "date-time"
          },
          "message": {
            "type": "string"
          },
          "exitCode": {
            "type": "integer"
          },
          "logs": {
            "type": "boolean",
            "description": "Its log can be asked for."
          }
        },
        "required": [
          "id",
          "name",
          "state",
          "logs"
        ],
        "additionalProperties": false
      },
      "PipelineRuns": {
        "type": "object",
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/PipelineRun"
            }
          },
          "sources": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/SourceAge"
            }
          }
        },
        "required": [
          "items",
          "sources"
        ],
        "additionalProperties": false
      },
      "PipelineLogs": {
        "type": "object",
        "properties": {
          "step": {
            "type": "string"
          },
          "lines": {
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "at": {
                  "type": "string",
                  "format": "date-time"
                },
                "text": {
                  "type": "string"
                }
              },
              "required": [
                "text"
              ],
              "additionalProperties": false
            }
          },
          "truncated": {
            "type": "boolean",
            "description": "There is more before the first line."
          }
        },
        "required": [
          "step",
          "lines",
          "truncated"
        ],
        "additionalProperties": false
      },
      "AcceptedRerun": {
        "type": "object",
        "properties": {
          "id": {
            "type": "string",
            "description": "Id of the run that repeats it; the same run where the engine repeats in place."
          }
        },
        "required": [
          "id"
        ],
        "additionalProperties": false
      },
      "ObjectChange": {
        "type": "object",
        "properties": {
          "apiVersion": {
            "type": "string"
          },
          "kind": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "namespace": {
            "type": "string"
          },
          "verb": {
            "type": "string",
            "enum": [
              "create",
              "update",
              "delete",
              "keep"
            ]
          },
          "part": {
            "type": "string",
            "enum": [
              "platform",
              "workload"
            ]
          },
          "path": {
            "type": "string"
          },
          "fields": {
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "pointer": {
                  "type": "string"
                },
                "before": {},
                "after": {}
              },
              "required": [
                "pointer"
              ],
              "additionalProperties": false
            }
          },
          "summary": {
            "type": "string"
          },
          "source": {
            "$ref": "#/components/schemas/SpecSource"
          },
          "holdsData": {
            "type": "boolean"
          }
        },
        "required": [
          "apiVersion",
          "kind",
          "name",
          "verb",
          "part",
          "path",
          "fields"
        ],
        "additionalProperties": false
      },
      "SpecSource": {
        "type": "object",
        "properties": {
          "specPath": {
            "type": "string"
          },
          "line": {
            "type": "integer"
          }
        },
        "required": [
          "specPath"
        ],
        "additionalProperties": false
      },
      "Verdict": {
        "type": "object",
        "properties": {
          "pack": {
            "type": "string"
          },
          "rule": {
            "type": "string"
          },
          "result": {
            "type": "string",
            "enum": [
              "pass",
              "allow",
              "warn",
              "deny",
              "error"
            ]
          },
          "message": {
            "type": "string"
          },
          "fix": {
            "type": "string"
          },
          "object": {
            "type": "object",
            "properties": {
              "apiVersion": {
                "type": "string"
              },
              "kind": {
                "type": "string"
              },
              "name": {
                "type": "string"
              },
              "namespace": {
                "type": "string"
              }
            },
            "required": [
              "apiVersion",
              "kind",
              "name"
            ],
            "additionalProperties": false
          },
          "source": {
            "$ref": "#/components/schemas/SpecSource"
          }
        },
        "required": [
          "pack",
          "rule",
          "result",
          "message"
        ],
        "additionalProperties": false
      },
      "QuotaLine": {
        "type": "object",
        "properties": {
          "resource": {
            "type": "string"
          },
          "before": {
            "type": "string"
          },
          "after": {
            "type": "string"
          },
          "limit": {
            "type": "string"
          },
          "fits": {
            "type": "boolean"
          }
        },
        "required": [
          "resource",
          "before",
          "after",
          "fits"
        ],
        "additionalProperties": false
      },
      "CostEstimate": {
        "type": "object",
        "properties": {
          "currency": {
            "type": "string"
          },
          "cents": {
            "type": "integer"
          },
          "centsBefore": {
            "type": "integer"
          },
          "lines": {
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "item": {
                  "type": "string"
                },
                "detail": {
                  "type": "string"
                },
                "cents": {
                  "type": "integer"
                }
              },
              "required": [
                "item",
                "detail",
                "cents"
              ],
              "additionalProperties": false
            }
          }
        },
        "required": [
          "currency",
          "cents",
          "centsBefore",
          "lines"
        ],
        "additionalProperties": false
      },
      "EnvironmentPlan": {
        "type": "object",
        "properties": {
          "organization": {
            "type": "string"
          },
          "service": {
            "type": "string"
          },
          "environment": {
            "type": "string"
          },
          "class": {
            "type": "string"
          },
          "cluster": {
            "type": "string"
          },
          "namespace": {
            "type": "string"
          },
          "verb": {
            "type": "string",
            "enum": [
              "create",
              "update",
              "delete",
              "keep"
            ]
          },
          "objects": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ObjectChange"
            }
          },
          "files": {
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "path": {
                  "type": "string"
                },
                "verb": {
                  "type": "string",
                  "enum": [
                    "create",
                    "update",
                    "delete",
                    "keep"
                  ]
                }
              },
              "required": [
                "path",
                "verb"
              ],
              "additionalProperties": false
            }
          },
          "verdicts": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Verdict"
            }
          },
          "passed": {
            "type": "integer"
          },
          "quota": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/QuotaLine"
            }
          },
          "cost": {
            "$ref": "#/components/schemas/CostEstimate"
          },
          "gates": {
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "workload": {
                  "type": "string"
                },
                "open": {
                  "type": "boolean"
                },
                "revision": {
                  "type": "string"
                }
              },
              "required": [
                "workload",
                "open"
              ],
              "additionalProperties": false
            }
          },
          "approval": {
            "type": "object",
            "properties": {
              "required": {
                "type": "boolean"
              },
              "count": {
                "type": "integer"
              },
              "groups": {
                "type": "array",
                "items": {
                  "type": "string"
                }
              }
            },
            "required": [
              "required",
              "count",
              "groups"
            ],
            "additionalProperties": false
          },
          "digest": {
            "type": "string"
          },
          "approvalDigest": {
            "type": "string"
          }
        },
        "required": [
          "organization",
          "service",
          "environment",
          "class",
          "cluster",
          "namespace",
          "verb",
          "objects",
          "files",
          "verdicts",
          "passed",
          "quota",
          "cost",
          "gates",
          "approval",
          "digest",
          "approvalDigest"
        ],
        "additionalProperties": false
      },
      "Plan": {
        "type": "object",
        "properties": {
          "headline": {
            "type": "string",
            "description": "The totals in one line."
          },
          "problems": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Problem"
            }
          },
          "files": {
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "path": {
                  "type": "string"
                },
                "verb": {
                  "type": "string",
                  "enum": [
                    "create",
                    "update",
                    "delete",
                    "keep"
                  ]
                },
                "before": {
                  "type": "string"
                },
                "after": {
                  "type": "string"
                }
              },
              "required": [
                "path",
                "verb"
              ],
              "additionalProperties": false
            }
          },
          "environments": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/EnvironmentPlan"
            }
          },
          "totals": {
            "type": "object",
            "properties": {
              "create": {
                "type": "integer"
              },
              "update": {
                "type": "integer"
              },
              "delete": {
                "type": "integer"
              },
              "warnings": {
                "type": "integer"
              },
              "denials": {
                "type": "integer"
              },
              "cents": {
                "type": "integer"
              },
              "centsBefore": {
                "type": "integer"
              },
              "currency": {
                "type": "string"
              }
            },
            "required": [
              "create",
              "update",
              "delete",
              "warnings",
              "denials",
              "cents",
              "centsBefore",
              "currency"
            ],
            "additionalProperties": false
          },
          "base": {
            "type": "string",
            "description": "Commit of the platform repository it was planned against."
          }
        },
        "required": [
          "headline",
          "problems",
          "files",
          "environments",
          "totals"
        ],
        "additionalProperties": false
      },
      "PlatformFile": {
        "type": "object",
        "properties": {
          "path": {
            "type": "string"
          },
          "content": {
            "type": "string"
          },
          "commit": {
            "type": "string",
            "description": "The commit of the branch that counts."
          },
          "digest": {
            "type": "string",
            "description": "What `from` of a change request names when the file is edited; only with a subject."
          },
          "changeRequest": {
            "type": "object",
            "description": "The open change request of the subject.",
            "properties": {
              "id": {
                "type": "string"
              },
              "number": {
                "type": "integer"
              },
              "title": {
                "type": "string"
              }
            },
            "required": [
              "id",
              "number",
              "title"
            ],
            "additionalProperties": false
          }
        },
        "required": [
          "path",
          "content",
          "commit"
        ],
        "additionalProperties": false
      },
      "FileChange": {
        "type": "object",
        "properties": {
          "path": {
            "type": "string",
            "maxLength": 512
          },
          "content": {
            "type": "string",
            "description": "Absent: the file is removed.",
            "maxLength": 1048576
          }
        },
        "required": [
          "path"
        ],
        "additionalProperties": false
      },
      "PlanRequest": {
        "type": "object",
        "description": "Files of the platform repository as they would be; a file without content is removed.",
        "properties": {
          "files": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/FileChange"
            },
            "maxItems": 200
          }
        },
        "required": [
          "files"
        ],
        "additionalProperties": false
      },
      "EditRequest": {
        "type": "object",
        "properties": {
          "path": {
            "type": "string",
            "maxLength": 512
          },
          "edits": {
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "op": {
                  "type": "string",
                  "enum": [
                    "set",
                    "delete",
                    "append"
                  ]
                },
                "path": {
                  "type": "array",
                  "items": {
                    "oneOf": [
                      {
                        "type": "string",
                        "maxLength": 253
                      },
                      {
                        "type": "integer"
                      }
                    ]
                  },
                  "maxItems": 20
                },
                "value": {}
              },
              "required": [
                "op",
                "path"
              ],
              "additionalProperties": false
            },
            "minItems": 1,
            "maxItems": 200
          }
        },
        "required": [
          "path",
          "edits"
        ],
        "additionalProperties": false
      },
      "Skeleton": {
        "type": "object",
        "description": "Code that becomes the first commit of a new repository after the merge.",
        "properties": {
          "repository": {
            "type": "string",
            "description": "The new code repository at the Git host of the organization, as <namespace>/<name>.",
            "maxLength": 255,
            "pattern": "^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)+$"
          },
          "branch": {
            "type": "string",
            "maxLength": 255,
            "pattern": "^[A-Za-z0-9][A-Za-z0-9_./-]*$"
          },
          "files": {
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "path": {
                  "type": "string",
                  "maxLength": 512
                },
                "content": {
                  "type": "string",
                  "maxLength": 1048576
                },
                "executable": {
                  "type": "boolean"
                }
              },
              "required": [
                "path",
                "content"
              ],
              "additionalProperties": false
            },
            "maxItems": 500
          }
        },
        "required": [
          "repository",
          "branch",
          "files"
        ],
        "additionalProperties": false
      },
      "OpenChangeRequest": {
        "type": "object",
        "properties": {
          "subject": {
            "type": "string",
            "description": "What it is about, such as service/shop/checkout; the open change of the same subject is updated.",
            "maxLength": 300,
            "pattern": "^[a-z]+(/[a-z0-9][-a-z0-9]*)+$"
          },
          "title": {
            "type": "string",
            "minLength": 1,
            "maxLength": 300
          },
          "description": {
            "type": "string",
            "maxLength": 20000
          },
          "files": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/FileChange"
            },
            "minItems": 1,
            "maxItems": 200
          },
          "from": {
            "type": "array",
            "description": "What the files were edited from, by the digest that GET /v1alpha1/files answered with the subject. The files are then added to what the open change request of the subject holds, instead of taking its place, and title and description tell both. Refused (409) where a file is another one by now.",
            "items": {
              "type": "object",
              "properties": {
                "path": {
                  "type": "string",
                  "maxLength": 512
                },
                "digest": {
                  "type": "string",
                  "maxLength": 100
                }
              },
              "required": [
                "path",
                "digest"
              ],
              "additionalProperties": false
            },
            "minItems": 1,
            "maxItems": 200
          },
          "skeleton": {
            "$ref": "#/components/schemas/Skeleton"
          }
        },
        "required": [
          "subject",
          "title",
          "files"
        ],
        "additionalProperties": false
      },
      "Comment": {
        "type": "object",
        "properties": {
          "id": {
            "type": "string"
          },
          "author": {
            "type": "string"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "body": {
            "type": "string"
          },
          "verdict": {
            "type": "string",
            "enum": [
              "approved"
            ]
          },
          "headCommit": {
            "type": "string"
          }
        },
        "required": [
          "id",
          "author",
          "at",
          "body"
        ],
        "additionalProperties": false
      },
      "ChangeRequest": {
        "type": "object",
        "properties": {
          "id": {
            "type": "string"
          },
          "number": {
            "type": "integer"
          },
          "subject": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "description": {
            "type": "string"
          },
          "state": {
            "type": "string",
            "enum": [
              "open",
              "merged",
              "closed"
            ]
          },
          "author": {
            "type": "string"
          },
          "organization": {
            "type": "string",
            "description": "Absent for files of the platform team."
          },
          "paths": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "branch": {
            "type": "string"
          },
          "baseCommit": {
            "type": "string"
          },
          "headCommit": {
            "type": "string"
          },
          "mergeCommit": {
            "type": "string"
          },
          "url": {
            "type": "string",
            "description": "Page at the Git host, where it has one."
          },
          "repository": {
            "type": "string"
          },
          "createdAt": {
            "type": "string",
            "format": "date-time"
          },
          "updatedAt": {
            "type": "string",
            "format": "date-time"
          },
          "approvals": {
            "type": "integer"
          }
        },
        "required": [
          "id",
          "number",
          "subject",
          "title",
          "description",
          "state",
          "author",
          "paths",
          "branch",
          "baseCommit",
          "headCommit",
          "repository",
          "createdAt",
          "updatedAt",
          "approvals"
        ]
      },
      "FileDiff": {
        "type": "object",
        "properties": {
          "path": {
            "type": "string"
          },
          "status": {
            "type": "string",
            "enum": [
              "added",
              "modified",
              "removed"
            ]
          },
          "additions": {
            "type": "integer"
          },
          "deletions": {
            "type": "integer"
          },
          "patch": {
            "type": "string"
          }
        },
        "required": [
          "path",
          "status",
          "additions",
          "deletions",
          "patch"
        ],
        "additionalProperties": false
      },
      "PullRequest": {
        "type": "object",
        "description": "The pull request of a change at its Git host, as it was seen last.",
        "properties": {
          "host": {
            "type": "string",
            "description": "Type of the host, such as github or gitea."
          },
          "number": {
            "type": "integer"
          },
          "url": {
            "type": "string"
          },
          "seenAt": {
            "type": "string",
            "format": "date-time"
          },
          "reviews": {
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "author": {
                  "type": "string",
                  "description": "Login at the host."
                },
                "verdict": {
                  "type": "string",
                  "enum": [
                    "approved",
                    "changes-requested",
                    "commented"
                  ]
                },
                "at": {
                  "type": "string",
                  "format": "date-time"
                },
                "commit": {
                  "type": "string"
                },
                "stale": {
                  "type": "boolean",
                  "description": "Commits came after it."
                }
              },
              "required": [
                "author",
                "verdict"
              ],
              "additionalProperties": false
            }
          },
          "checks": {
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "name": {
                  "type": "string"
                },
                "state": {
                  "type": "string",
                  "enum": [
                    "pending",
                    "success",
                    "failure"
                  ]
                },
                "description": {
                  "type": "string"
                },
                "url": {
                  "type": "string"
                }
              },
              "required": [
                "name",
                "state"
              ],
              "additionalProperties": false
            }
          }
        },
        "required": [
          "host",
          "number",
          "url",
          "seenAt",
          "reviews",
          "checks"
        ],
        "additionalProperties": false
      },
      "ChangeRequestDetails": {
        "allOf": [
          {
            "$ref": "#/components/schemas/ChangeRequest"
          },
          {
            "type": "object",
            "required": [
              "files",
              "plan",
              "comments",
              "conflicts",
              "allowed"
            ],
            "properties": {
              "files": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/FileDiff"
                }
              },
              "plan": {
                "$ref": "#/components/schemas/Plan"
              },
              "comments": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/Comment"
                }
              },
              "conflicts": {
                "type": "array",
                "items": {
                  "type": "string",
                  "description": "A path that conflicts with the base."
                }
              },
              "pullRequest": {
                "$ref": "#/components/schemas/PullRequest"
              },
              "skeleton": {
                "type": "object",
                "properties": {
                  "repository": {
                    "type": "string"
                  },
                  "files": {
                    "type": "array",
                    "items": {
                      "type": "string"
                    }
                  },
                  "state": {
                    "type": "string",
                    "enum": [
                      "pending",
                      "done",
                      "failed"
                    ]
                  },
                  "message": {
                    "type": "string"
                  }
                },
                "required": [
                  "repository",
                  "files",
                  "state"
                ],
                "additionalProperties": false
              },
              "allowed": {
                "type": "object",
                "properties": {
                  "comment": {
                    "type": "boolean"
                  },
                  "approve": {
                    "type": "boolean"
                  },
                  "merge": {
                    "type": "boolean"
                  },
                  "close": {
                    "type": "boolean"
                  },
                  "reasons": {
                    "type": "object",
                    "additionalProperties": {
                      "type": "string"
                    }
                  }
                },
                "required": [
                  "comment",
                  "approve",
                  "merge",
                  "close",
                  "reasons"
                ],
                "additionalProperties": false
              }
            }
          }
        ]
      },
      "QueueItem": {
        "type": "object",
        "properties": {
          "key": {
            "type": "string"
          },
          "dueAt": {
            "type": "string",
            "format": "date-time"
          },
          "attempts": {
            "type": "integer"
          },
          "leasedUntil": {
            "type": "string",
            "format": "date-time"
          },
          "lastError": {
            "type": "string"
          },
          "deadSince": {
            "type": "string",
            "format": "date-time"
          },
          "updatedAt": {
            "type": "string",
            "format": "date-time"
          }
        },
        "required": [
          "key",
          "dueAt",
          "attempts",
          "updatedAt"
        ],
        "additionalProperties": false
      },
      "Source": {
        "type": "object",
        "properties": {
          "id": {
            "type": "string"
          },
          "role": {
            "type": "string",
            "enum": [
              "platform",
              "gitops"
            ]
          },
          "url": {
            "type": "string"
          },
          "branch": {
            "type": "string"
          },
          "state": {
            "type": "string",
            "enum": [
              "ok",
              "unreadable",
              "held",
              "unknown"
            ]
          },
          "commit": {
            "type": "string"
          },
          "readAt": {
            "type": "string",
            "format": "date-time"
          },
          "message": {
            "type": "string"
          },
          "held": {
            "type": "array",
            "items": {
              "type": "string",
              "description": "A path that would vanish."
            }
          }
        },
        "required": [
          "id",
          "role",
          "url",
          "branch",
          "state"
        ],
        "additionalProperties": false
      },
      "Operations": {
        "type": "object",
        "properties": {
          "queue": {
            "type": "object",
            "properties": {
              "due": {
                "type": "integer"
              },
              "leased": {
                "type": "integer"
              },
              "waiting": {
                "type": "integer"
              },
              "dead": {
                "type": "integer"
              },
              "oldestDueMs": {
                "type": "integer"
              }
            },
            "required": [
              "due",
              "leased",
              "waiting",
              "dead",
              "oldestDueMs"
            ],
            "additionalProperties": false
          },
          "sources": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Source"
            }
          },
          "clusters": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ClusterItem"
            }
          },
          "gitHosts": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/GitHostItem"
            }
          },
          "writerDepth": {
            "type": "integer"
          }
        },
        "required": [
          "queue",
          "sources",
          "clusters",
          "gitHosts",
          "writerDepth"
        ],
        "additionalProperties": false
      },
      "GitHostItem": {
        "type": "object",
        "properties": {
          "host": {
            "type": "string",
            "description": "Name and port."
          },
          "type": {
            "type": "string",
            "description": "E.g. github, gitlab, gitea, bitbucket."
          },
          "rateLimit": {
            "type": "object",
            "description": "What the host said last to the replica that answers; absent before the first answer, and for hosts that don't limit or don't say so.",
            "properties": {
              "remaining": {
                "type": "integer"
              },
              "limit": {
                "type": "integer"
              },
              "resetAt": {
                "type": "string",
                "description": "When it is full again."
              },
              "asOf": {
                "type": "string",
                "description": "When the host said so."
              }
            },
            "required": [
              "remaining",
              "limit",
              "resetAt",
              "asOf"
            ],
            "additionalProperties": false
          }
        },
        "required": [
          "host",
          "type"
        ],
        "additionalProperties": false
      }
    },
    "securitySchemes": {
      "Signature": {
        "type": "apiKey",
        "in": "header",
        "name": "Slipway-Signature",
        "description": "v1= and the HMAC-SHA256 in hexadecimal of the header Slipway-Timestamp (seconds since 1970), the path as it is sent, from /v1alpha1 on, and the body, with a line feed between them, with a secret of slipway.revisions.secrets."
      },
      "Webhook": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Hub-Signature-256",
        "description": "What the Git host makes of the webhook's secret, a signature or a token, in the header that it uses."
      },
      "JWT": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT"
      }
    }
  },
  "security": [
    {
      "JWT": []
    }
  ]
} as const;
