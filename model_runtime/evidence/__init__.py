"""What is kept of a run: polygons, one GeoPackage, one picture."""
