def lid():
    return "lid"
