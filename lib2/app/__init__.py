import dep
print('app', dep.double(4))
