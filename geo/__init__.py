"""Geography as pure functions: coordinates, fixes, tracks, geofences, distances to teams, the offline map.

Nothing here reads a clock, a file of the deployment or the network, and nothing imports `backend`.
Positions are WGS-84 in degrees, distances metres, times aware UTC datetimes.
"""
