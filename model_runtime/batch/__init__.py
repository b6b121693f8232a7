"""Many questions about many scenes: a plan, workers, and one GeoPackage that collects what comes of it."""
