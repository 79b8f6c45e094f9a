{{- define "streamforge.fullname" -}}
{{- if contains "streamforge" .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-streamforge" .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* Labels of an object; call with (list $ "component"). */}}
{{- define "streamforge.labels" -}}
{{- $top := index . 0 -}}
{{ include "streamforge.selector" . }}
app.kubernetes.io/part-of: streamforge
app.kubernetes.io/version: {{ $top.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $top.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $top.Chart.Name $top.Chart.Version }}
{{- end -}}

{{- define "streamforge.selector" -}}
{{- $top := index . 0 -}}
app.kubernetes.io/name: {{ index . 1 }}
app.kubernetes.io/instance: {{ $top.Release.Name }}
{{- end -}}

{{/* Image of a service; call with (list $ "service"). */}}
{{- define "streamforge.image" -}}
{{- $top := index . 0 -}}
{{ printf "%s/%s:%s" $top.Values.image.repository (index . 1) ($top.Values.image.tag | default $top.Chart.AppVersion) }}
{{- end -}}

{{- define "streamforge.imagePullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end -}}

{{- define "streamforge.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "streamforge.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "streamforge.brokerName" -}}
{{ include "streamforge.fullname" . }}-broker
{{- end -}}

{{- define "streamforge.brokerHost" -}}
{{ include "streamforge.brokerName" . }}.{{ .Release.Namespace }}.svc
{{- end -}}

{{- define "streamforge.bootstrapServers" -}}
{{- if .Values.kafka.bootstrapServers -}}
{{ .Values.kafka.bootstrapServers }}
{{- else if .Values.embedded.enabled -}}
{{ include "streamforge.brokerHost" . }}:9092
{{- else -}}
{{ fail "kafka.bootstrapServers is empty: name a Kafka cluster, or set embedded.enabled=true to run a broker here" }}
{{- end -}}
{{- end -}}

{{/* Client properties that a Secret holds, as variables; properties without a key there are left out. */}}
{{- define "streamforge.kafkaCredentials" -}}
{{- with .Values.kafka.existingSecret }}
{{- $secret := . }}
{{- range list "sasl.jaas.config" "ssl.truststore.certificates" "ssl.keystore.certificate.chain" "ssl.keystore.key" "ssl.key.password" }}
- name: STREAMFORGE_KAFKA_{{ . | upper | replace "." "_" }}
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: {{ . }}
      optional: true
{{- end }}
{{- end }}
{{- end -}}

{{- define "streamforge.runsBroker" -}}
{{- if and .Values.embedded.enabled (not .Values.kafka.bootstrapServers) }}true{{ end -}}
{{- end -}}

{{/* Whether metadata lie in a file of queue-manager's own volume. */}}
{{- define "streamforge.ownStore" -}}
{{- if not .Values.store.url }}true{{ end -}}
{{- end -}}

{{- define "streamforge.tokenSecret" -}}
{{ .Values.queueManager.adminToken.existingSecret | default (printf "%s-admin-token" (include "streamforge.fullname" .)) }}
{{- end -}}

{{- define "streamforge.storageClass" -}}
{{- if eq . "-" }}
storageClassName: ""
{{- else if . }}
storageClassName: {{ . }}
{{- end }}
{{- end -}}

{{- define "streamforge.workerTemplate" -}}
{{- $template := deepCopy .Values.workers.podTemplate -}}
{{- $spec := get $template "spec" | default dict -}}
{{- with .Values.image.pullSecrets -}}
{{- $secrets := get $spec "imagePullSecrets" | default list -}}
{{- range . -}}{{- $secrets = append $secrets (dict "name" .) -}}{{- end -}}
{{- $_ := set $spec "imagePullSecrets" $secrets -}}
{{- end -}}
{{- with .Values.workers.files.existingClaim -}}
{{- $volume := dict "name" "files" "persistentVolumeClaim" (dict "claimName" .) -}}
{{- $_ := set $spec "volumes" (append (get $spec "volumes" | default list) $volume) -}}
{{- $containers := list -}}
{{- $worker := dict "name" "worker" -}}
{{- range (get $spec "containers" | default list) -}}
{{- if eq .name "worker" -}}{{- $worker = . -}}{{- else -}}{{- $containers = append $containers . -}}{{- end -}}
{{- end -}}
{{- $mount := dict "name" "files" "mountPath" "/data" -}}
{{- $_ := set $worker "volumeMounts" (append (get $worker "volumeMounts" | default list) $mount) -}}
{{- $_ := set $spec "containers" (append $containers $worker) -}}
{{- end -}}
{{- if $spec -}}{{- $_ := set $template "spec" $spec -}}{{- end -}}
{{- if $template }}{{ toYaml $template }}{{ end -}}
{{- end -}}

{{/* A value as JSON in which Spring keeps every key as it is written and takes no text for a placeholder. */}}
{{- define "streamforge.literal" -}}
{{- if kindIs "map" . -}}
{{- $members := list -}}
{{- range $key, $value := . -}}
{{- $members = append $members (printf "%s:%s" (printf "[%s]" $key | toJson) (include "streamforge.literal" $value)) -}}
{{- end -}}
{{ printf "{%s}" (join "," $members) }}
{{- else if kindIs "slice" . -}}
{{- $items := list -}}
{{- range . -}}{{- $items = append $items (include "streamforge.literal" .) -}}{{- end -}}
{{ printf "[%s]" (join "," $items) }}
{{- else if kindIs "string" . -}}
{{ replace "${" "\\${" . | toJson }}
{{- else -}}
{{ toJson . }}
{{- end -}}
{{- end -}}
