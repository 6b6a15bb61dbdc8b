/**
 * ONNX Runtime without its reports: since 1.29 it would tell its makers about machine and models over the network, and leave files
 * for that in the temporary folder and in the home of the user (microsoft/onnxruntime#27379).
 *
 * @throws where the native runtime does not load.
 */
export function loadOnnxRuntime(): Promise<typeof import('onnxruntime-node')> {
  process.env.ORT_DISABLE_TELEMETRY = '1'
  return import('onnxruntime-node')
}
