// Written by `dvp build` from the plugin's schema file. Changes here are lost: change the schemas.

export interface RepositoryDefinition {
  name: string
}

export interface SourceConfigDefinition {
  name: string
}

export interface LinkedSourceDefinition {

}

export interface VirtualSourceDefinition {
  mountPath: string
  how: string
}

export interface SnapshotDefinition {

}

export interface SnapshotParametersDefinition {

}

/** The plugin's own types: `new DirectPlugin<Definitions>()` or `new StagedPlugin<Definitions>()`. */
export interface Definitions {
  repository: RepositoryDefinition
  sourceConfig: SourceConfigDefinition
  linkedSource: LinkedSourceDefinition
  virtualSource: VirtualSourceDefinition
  snapshot: SnapshotDefinition
  snapshotParameters: SnapshotParametersDefinition
}
